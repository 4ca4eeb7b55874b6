package org.orrery.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NmiTest {
    private static final int HANDLER = 0x4000;
    private static final int INTR_HANDLER = 0x4400;
    private static final int DEBUG_HANDLER = 0x4800;

    private static TestBoard board(String hex, String handler) {
        TestBoard board = TestBoard.withTables(hex);
        board.gate(GuestFault.NMI, HANDLER, 0);
        board.gate(0x20, INTR_HANDLER, 0);
        board.load(HANDLER, handler);
        return board;
    }

    @Test
    void itComesWithInterruptsOff() {
        TestBoard board = board("40 40", "CF");
        int code = board.cpu.eip();
        board.cpu.raiseNmi();
        board.steps(1);
        assertThat(board.cpu.eip()).isEqualTo(HANDLER);
        assertThat(board.memory.peek32(board.register(Cpu.ESP))).isEqualTo(code);
        board.steps(2);
        assertThat(board.cpu.eip()).as("IRET, then the first instruction").isEqualTo(code + 1);
    }

    @Test
    void anotherWaitsUntilIretAndOnlyOneIsRemembered() {
        TestBoard board = board("40 40 40", "90 CF");
        board.cpu.raiseNmi();
        board.steps(1);
        board.cpu.raiseNmi();
        board.cpu.raiseNmi();
        board.steps(1);
        assertThat(board.cpu.eip()).as("held off in its handler").isEqualTo(HANDLER + 1);
        board.steps(2);
        assertThat(board.cpu.eip()).as("taken after IRET").isEqualTo(HANDLER);
        board.steps(3);
        assertThat(board.register(Cpu.EAX) & 0xFF).as("not a third time").isEqualTo(0x29);
    }

    @Test
    void itGoesBeforeIntr() {
        TestBoard board = board("40", "CF");
        board.cpu.setEflags(0x202);
        board.cpu.setIntr(true);
        board.cpu.raiseNmi();
        board.steps(1);
        assertThat(board.cpu.eip()).isEqualTo(HANDLER);
    }

    @Test
    void aSingleStepTrapGoesBeforeIt() {
        TestBoard board = board("40 40", "CF");
        board.gate(Interrupts.DEBUG, DEBUG_HANDLER, 0);
        int wake = board.events.register(now -> board.cpu.raiseNmi());
        board.cpu.setEflags(2 | Flags.TF);
        board.events.schedule(wake, board.cpu.ledger().now() + 1);
        board.steps(1);
        assertThat(board.cpu.eip()).isEqualTo(DEBUG_HANDLER);
        board.steps(1);
        assertThat(board.cpu.eip()).isEqualTo(HANDLER);
        assertThat(board.memory.peek32(board.register(Cpu.ESP))).isEqualTo(DEBUG_HANDLER);
    }

    @Test
    void movSsHoldsItOff() {
        TestBoard board = board("8CD0 8ED0 40 40", "CF");
        int code = board.cpu.eip();
        board.steps(2);
        board.cpu.raiseNmi();
        board.steps(1);
        assertThat(board.cpu.eip()).isEqualTo(code + 5);
        board.steps(1);
        assertThat(board.cpu.eip()).isEqualTo(HANDLER);
    }

    @Test
    void itEndsAHaltWithInterruptsOff() {
        TestBoard board = board("F4 40", "CF");
        board.steps(1);
        assertThat(board.cpu.halted()).isTrue();
        board.cpu.raiseNmi();
        board.steps(1);
        assertThat(board.cpu.halted()).isFalse();
        assertThat(board.cpu.eip()).isEqualTo(HANDLER);
    }
}
