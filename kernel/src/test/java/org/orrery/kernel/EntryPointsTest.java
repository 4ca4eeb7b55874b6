package org.orrery.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.orrery.isa.asm.Assembly;

class EntryPointsTest {
    private static final int GATE_BYTES = 8;
    private static final int FIRST_SYSTEM_CALL = 0x30;

    private final Assembly kernel = KernelBuild.assemble(KernelOptions.DEFAULT);
    private final byte[] image = kernel.toFlat();

    @Test
    void userModeCanCallTheSystemCallsAndRaiseTwoTrapsAndNothingElse() {
        for (int vector = 0; vector < EntryPoints.i486().gates().size(); vector++) {
            int privilege = image[gate(vector) + 5] >> 5 & 3;
            boolean user = vector >= FIRST_SYSTEM_CALL || vector == 3 || vector == 4;
            assertThat(privilege).as("vector %02Xh", vector).isEqualTo(user ? 3 : 0);
        }
    }

    @Test
    void theGateOfIpcLeadsToIt() {
        int at = gate(FIRST_SYSTEM_CALL);
        int offset = word(at) | word(at + 6) << 16;
        assertThat(offset).isEqualTo((int) kernel.valueOf("ipc"));
        assertThat(word(at + 2)).isEqualTo((int) kernel.valueOf("KERNEL_CODE"));
    }

    @Test
    void allExceptionsLeaveTheSameFrame() {
        EntryPoints points = EntryPoints.i486();
        assertThat(points.sources().get(EntryPoints.STUBS)).contains("exception_8:\n        push 8\n");
        assertThat(points.sources().get(EntryPoints.STUBS)).contains("exception_6:\n        push 0\n        push 6\n");
    }

    private int gate(int vector) {
        return (int) (kernel.valueOf("idt") - kernel.loadAddress()) + vector * GATE_BYTES;
    }

    private int word(int at) {
        return image[at] & 0xFF | (image[at + 1] & 0xFF) << 8;
    }
}
