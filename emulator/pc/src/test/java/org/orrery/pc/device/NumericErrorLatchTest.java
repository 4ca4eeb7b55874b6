package org.orrery.pc.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.orrery.cpu.Cpu;
import org.orrery.pc.Machine;
import org.orrery.pc.profile.Profile;

/** Real mode at 0000:1000, with a handler of IRQ 13 at 0000:2000 that counts in BX. */
class NumericErrorLatchTest {
    /** FNINIT; unmask division by zero; 1/0; WAIT, which waits for the error to be handled; INC CX; CLI; HLT. */
    private static final String DIVIDE_BY_ZERO = "DBE3 D92E0030 D9E8 D9EE DEF9 9B 41 FA F4";
    /** OUT F0h; FNCLEX, which needs IGNNE#; end of interrupt to both controllers; INC BX; IRET. */
    private static final String HANDLER = "30C0 E6F0 DBE2 B020 E6A0 E620 43 CF";

    private final Machine machine =
            Machine.builder(Profile.byName("486dx50")).memory(1 << 20).build();

    @BeforeEach
    void load() {
        put(0x1000, DIVIDE_BY_ZERO);
        put(0x2000, HANDLER);
        machine.memory().write32(4 * 0x75, 0x2000);
        machine.memory().write16(0x3000, 0x37B);
        initialize(0x20, 0x08, 0x04, 0xFB);
        initialize(0xA0, 0x70, 0x02, 0xDF);
        machine.cpu().setSegment(Cpu.CS, 0, 0, 0xFFFF, 0x9B);
        machine.cpu().setRegister(Cpu.ESP, 0x8000);
        machine.cpu().setEip(0x1000);
    }

    private void initialize(int port, int vectors, int cascade, int mask) {
        machine.ports().write(port, 1, 0x11);
        for (int value : new int[] {vectors, cascade, 0x01, mask}) {
            machine.ports().write(port + 1, 1, value);
        }
    }

    private void put(int address, String hex) {
        machine.memory().load(address, HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private boolean irq13() {
        machine.ports().write(0xA0, 1, 0x0A);
        return (machine.ports().read(0xA0, 1) & 1 << 5) != 0;
    }

    @Test
    void anUnmaskedErrorInterruptsAndTheHandlerClearsIt() {
        machine.cpu().setEflags(1 << 9);
        machine.run(100_000);
        assertThat(machine.cpu().register(Cpu.EBX)).as("interrupts taken").isEqualTo(1);
        assertThat(machine.cpu().register(Cpu.ECX)).as("went on after WAIT").isEqualTo(1);
        assertThat(irq13()).isFalse();
    }

    @Test
    void portF0LowersTheRequest() {
        for (int i = 0; i < 6; i++) {
            machine.step();
        }
        assertThat(irq13()).isTrue();
        machine.ports().write(NumericErrorLatch.PORT, 1, 0);
        assertThat(irq13()).isFalse();
    }

    @Test
    void withErrorsReportedInsideTheRequestStaysLow() {
        machine.cpu().setControl(0, 0x30);
        for (int i = 0; i < 5; i++) {
            machine.step();
        }
        assertThat(irq13()).isFalse();
    }
}
