package org.orrery.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VirtualModeTest {
    /** Enters virtual 8086 mode at 0500:0000 with SS:SP 0600:0100 and DS 0700, with an IOPL. */
    private static TestBoard virtual(int iopl, String hex) {
        String flags = iopl == 3 ? "6802320200" : "6802020200";
        TestBoard board =
                TestBoard.withTables("6A00 6A00 6800070000 6A00 6800060000 6800010000 " + flags + "6800050000 6A00 CF");
        board.load(0x5000, hex);
        board.gate(13, 0x4000, 0);
        board.gate(0x21, 0x4200, 3);
        board.load(0x4200, "CF");
        return board.steps(10);
    }

    @Test
    void segmentsAreParagraphs() {
        TestBoard board = virtual(0, "A11000 8ED8");
        board.store(0x7010, 0x1234);
        assertThat(board.cpu.cpl()).isEqualTo(3);
        assertThat(board.cpu.eflags() & Flags.VM).isEqualTo(Flags.VM);
        board.steps(2);
        assertThat(board.register(Cpu.EAX) & 0xFFFF).isEqualTo(0x1234);
        assertThat(board.cpu.segmentBase(Cpu.DS)).isEqualTo(0x12340);
    }

    @Test
    void intGoesToRing0WithAllSegmentsPushedAndIretComesBack() {
        TestBoard board = virtual(3, "CD21 90");
        long before = board.cpu.ledger().cycles(Cause.EXECUTE);
        board.steps(1);
        assertThat(board.cpu.ledger().cycles(Cause.EXECUTE) - before).isEqualTo(86);
        assertThat(board.cpu.eip()).isEqualTo(0x4200);
        assertThat(board.cpu.eflags() & Flags.VM).isZero();
        assertThat(board.register(Cpu.ESP)).isEqualTo(0x7000 - 36);
        assertThat(board.memory.peek32(0x7000 - 12)).as("DS").isEqualTo(0x700);
        assertThat(board.memory.peek32(0x7000 - 20)).as("SS").isEqualTo(0x600);
        assertThat(board.memory.peek32(0x7000 - 28) & Flags.VM).isEqualTo(Flags.VM);
        assertThat(board.cpu.selector(Cpu.DS)).as("null in the handler").isZero();
        board.steps(1);
        assertThat(board.cpu.eflags() & Flags.VM).isEqualTo(Flags.VM);
        assertThat(board.cpu.eip()).isEqualTo(2);
        assertThat(board.cpu.segmentBase(Cpu.DS)).isEqualTo(0x7000);
    }

    @Test
    void belowIopl3SensitiveInstructionsFault() {
        for (String hex : new String[] {"FA", "FB", "9C", "9D", "CD21", "CF", "F4"}) {
            TestBoard board = virtual(0, hex);
            board.steps(1);
            assertThat(board.cpu.eip()).as(hex).isEqualTo(0x4000);
            assertThat(board.memory.peek32(board.register(Cpu.ESP))).as(hex).isZero();
            assertThat(board.memory.peek32(board.register(Cpu.ESP) + 4)).as(hex).isZero();
        }
    }

    @Test
    void portsNeedThePermissionMapWhateverTheIopl() {
        TestBoard board = virtual(3, "E440");
        board.store(0x3064, 0x68 << 16);
        board.steps(1);
        assertThat(board.cpu.eip()).as("no map").isEqualTo(0x4000);
    }

    @Test
    void virtualModeHasNoProtectedInstructions() {
        TestBoard board = virtual(3, "0F00C0");
        board.gate(6, 0x4300, 0);
        board.steps(1);
        assertThat(board.cpu.eip()).isEqualTo(0x4300);
    }

    /** Clocks lost by addresses that wait for a register. */
    private static long lostByAddress(String hex, int instructions) {
        TestBoard board = virtual(0, hex + "90".repeat(4));
        long before = board.cpu.ledger().cycles(Cause.AGI);
        board.steps(instructions);
        return board.cpu.ledger().cycles(Cause.AGI) - before;
    }

    @Test
    void anAddressWaitsForItsRegisterAsLongAsInRealMode() {
        assertThat(lostByAddress("BB1000 8B07", 2)).as("MOV BX; MOV AX,[BX]").isEqualTo(2);
        assertThat(lostByAddress("BB1000 90 8B07", 3)).as("a clock in between").isEqualTo(1);
        assertThat(lostByAddress("BB1000 90 90 8B07", 4)).as("two clocks").isZero();
    }
}
