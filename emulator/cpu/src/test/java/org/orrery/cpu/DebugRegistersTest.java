package org.orrery.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DebugRegistersTest {
    private static final int HANDLER = 0x4000;

    private static TestBoard board(String hex) {
        TestBoard board = TestBoard.withTables(hex);
        board.gate(1, HANDLER, 0);
        board.load(HANDLER, "CF");
        return board;
    }

    private static int returnAddress(TestBoard board) {
        return board.memory.peek32(board.register(Cpu.ESP));
    }

    @Test
    void singleStepTrapsAfterTheInstructionThatFollowsPopf() {
        TestBoard board = board("6802010000 9D 40 40");
        int code = board.cpu.eip();
        board.steps(2);
        assertThat(board.cpu.eip()).as("POPF itself does not trap").isEqualTo(code + 6);
        board.steps(1);
        assertThat(board.cpu.eip()).isEqualTo(HANDLER);
        assertThat(returnAddress(board)).isEqualTo(code + 7);
        assertThat(board.cpu.debugRegister(6) & 0xE00F).isEqualTo(DebugRegisters.BS);
        board.steps(2);
        assertThat(board.cpu.eip())
                .as("IRET restores TF, the next instruction traps again")
                .isEqualTo(HANDLER);
        assertThat(returnAddress(board)).isEqualTo(code + 8);
    }

    @Test
    void movSsHoldsTheSingleStepTrapOff() {
        TestBoard board = board("6802010000 8CD0 9D 8ED0 40 40");
        int code = board.cpu.eip();
        board.steps(4);
        assertThat(board.cpu.eip()).as("no trap after MOV SS").isEqualTo(code + 10);
        board.steps(1);
        assertThat(returnAddress(board)).isEqualTo(code + 11);
    }

    @Test
    void theReturnAddressOfAFarCallHitsAWriteBreakpoint() {
        TestBoard board = board("B8F87F0000 0F23C0 B802000D00 0F23F8 9A 00500000 0800");
        board.steps(5);
        assertThat(board.cpu.eip()).isEqualTo(HANDLER);
        assertThat(returnAddress(board)).isEqualTo(0x5000);
        assertThat(board.cpu.debugRegister(6) & 15).isEqualTo(1);
    }

    @Test
    void movSsHoldsAnExecutionBreakpointOff() {
        TestBoard board = board("B829100000 0F23C0 B802000000 0F23F8 8CD0 8ED0 40 40 40");
        int after = board.cpu.eip() + 0x14;
        assertThat(after).isEqualTo(0x1029);
        board.steps(7);
        assertThat(board.cpu.eip()).isEqualTo(after + 1);
        assertThat(board.cpu.debugRegister(6) & 15).isZero();
    }

    @Test
    void aDataBreakpointThatMovSsHitsWaitsForTheNextInstruction() {
        TestBoard board = board("B800900000 0F23C0 B802000F00 0F23F8 8E1500900000 40 40");
        board.load(0x9000, "1000");
        int code = board.cpu.eip();
        board.load(code + 16, "8E1500900000 40 40");
        board.steps(5);
        assertThat(board.cpu.eip()).as("MOV SS itself does not trap").isEqualTo(code + 22);
        board.steps(1);
        assertThat(board.cpu.eip()).isEqualTo(HANDLER);
        assertThat(returnAddress(board)).isEqualTo(code + 23);
        assertThat(board.cpu.debugRegister(6) & 15).isEqualTo(1);
    }

    @Test
    void anExecutionBreakpointFaultsBeforeItsInstructionAndRfLetsItRun() {
        TestBoard board = board("B827100000 0F23C0 B802000000 0F23F8 90 40 40 40 40 40");
        board.steps(7);
        assertThat(board.cpu.eip()).isEqualTo(HANDLER);
        assertThat(returnAddress(board)).isEqualTo(0x1027);
        assertThat(board.cpu.debugRegister(6) & 15).isEqualTo(1);
        int image = board.memory.peek32(board.register(Cpu.ESP) + 8);
        assertThat(image & Flags.RF).isEqualTo(Flags.RF);
        board.steps(2);
        assertThat(board.cpu.eip())
                .as("IRET with RF, then the instruction itself")
                .isEqualTo(0x1028);
        assertThat(board.cpu.eflags() & Flags.RF).isZero();
    }

    @Test
    void aWriteBreakpointTrapsAfterAWriteAndNotAfterARead() {
        TestBoard board = board("B804900000 0F23C8 B80800D000 0F23F8 A100900000 A104900000 A305900000 90");
        int code = board.cpu.eip();
        board.steps(6);
        assertThat(board.cpu.eip()).as("reads pass").isEqualTo(code + 26);
        board.steps(1);
        assertThat(board.cpu.eip()).isEqualTo(HANDLER);
        assertThat(returnAddress(board)).isEqualTo(code + 31);
        assertThat(board.cpu.debugRegister(6) & 15).isEqualTo(2);
    }

    @Test
    void generalDetectGuardsTheRegisters() {
        TestBoard board = board("B800200000 0F23F8 0F21C3");
        int code = board.cpu.eip();
        board.steps(3);
        assertThat(board.cpu.eip()).isEqualTo(HANDLER);
        assertThat(returnAddress(board)).as("a fault").isEqualTo(code + 8);
        assertThat(board.cpu.debugRegister(6) & DebugRegisters.BD).isEqualTo(DebugRegisters.BD);
        assertThat(board.cpu.debugRegister(7) & 1 << 13).isZero();
    }

    @Test
    void ring3MayNotTouchThem() {
        TestBoard board = TestBoard.inRing3("0F21C0");
        board.gate(13, HANDLER, 0);
        board.steps(1);
        assertThat(board.cpu.eip()).isEqualTo(HANDLER);
    }
}
