package org.orrery.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdentificationTest {
    private static final int ID = 1 << 21;
    private static final String TOGGLE_ID = "9C 58 3500002000 50 9D 9C 58";
    private static final CpuConfig ENHANCED =
            new CpuConfig("i486DX2-66", true, 0x0435, true, 2, 8192, 4, MemoryTiming.ZERO_WAIT, false, false);

    private static Cpu identified(int function) {
        TestBoard board = TestBoard.flat(ENHANCED, "B8" + String.format("%02X000000", function) + "0FA2")
                .steps(2);
        return board.cpu;
    }

    @Test
    void function0NamesTheMakerAndTheLastFunction() {
        Cpu cpu = identified(0);
        assertThat(cpu.register(Cpu.EAX)).isEqualTo(1);
        StringBuilder maker = new StringBuilder();
        for (int register : new int[] {Cpu.EBX, Cpu.EDX, Cpu.ECX}) {
            for (int shift = 0; shift < 32; shift += 8) {
                maker.append((char) (cpu.register(register) >>> shift & 0xFF));
            }
        }
        assertThat(maker).hasToString("GenuineIntel");
    }

    @Test
    void function1GivesTheSignatureAndThatThereIsAnX87AndTakesFiveClocksMore() {
        Cpu cpu = identified(1);
        assertThat(cpu.register(Cpu.EAX)).isEqualTo(0x435);
        assertThat(cpu.register(Cpu.EBX)).isZero();
        assertThat(cpu.register(Cpu.EDX)).isEqualTo(1);
        assertThat(cpu.ledger().cycles(Cause.EXECUTE) - identified(0).ledger().cycles(Cause.EXECUTE))
                .isEqualTo(5);
    }

    @Test
    void functionsBeyondTheLastGiveZeros() {
        Cpu cpu = identified(2);
        assertThat(cpu.register(Cpu.EAX)).isZero();
        assertThat(cpu.register(Cpu.EDX)).isZero();
    }

    @Test
    void softwareCanToggleIDOnlyWhereThereIsCPUID() {
        assertThat(TestBoard.flat(ENHANCED, TOGGLE_ID).steps(7).register(Cpu.EAX) & ID)
                .isEqualTo(ID);
        assertThat(TestBoard.flat(TOGGLE_ID).steps(7).register(Cpu.EAX) & ID).isZero();
    }

    @Test
    void itIsAnUndefinedOpcodeOfOtherParts() {
        TestBoard board = TestBoard.withTables("0FA2");
        board.gate(GuestFault.UD, 0x4000, 0);
        board.steps(1);
        assertThat(board.cpu.eip()).isEqualTo(0x4000);
    }
}
