package org.orrery.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskTest {
    private static final int NEW_TSS = 0x3800;
    private static final int NEW_SELECTOR = 0x30;

    private TestBoard board;

    /** A second TSS at 3800h with code at 5000h, selector 30h; a task gate to it at vector 40h. */
    @BeforeEach
    void secondTask() {
        board = TestBoard.flat("0F0115002F0000 0F011D062F0000 66B82800 0F00D8 9A00000000 3000 40 F4");
        board.tables();
        board.load(0x2030, "6700003800890000");
        int[] state = {
            0, 0, 0, 0, 0, 0, 0, 0, 0x5000, 2, 0x11, 0x22, 0x33, 0x44, 0x6000, 0x55, 0x66, 0x77, 0x10, 8, 0x10, 0x10, 0,
            0, 0
        };
        for (int i = 0; i < state.length; i++) {
            board.store(NEW_TSS + 4 * i, state[i]);
        }
        board.load(0x5000, "43 CF");
        board.steps(4);
    }

    private int typeOf(int selector) {
        return board.memory.peek8(0x2000 + selector + 5) & 15;
    }

    @Test
    void callSwitchesTasksAndIretReturnsToTheFirst() {
        long before = board.cpu.ledger().cycles(Cause.EXECUTE);
        board.steps(1);
        assertThat(board.cpu.ledger().cycles(Cause.EXECUTE) - before)
                .as("CALL to TSS: 37 + TS")
                .isEqualTo(37 + 162);
        assertThat(board.cpu.eip()).isEqualTo(0x5000);
        assertThat(board.register(Cpu.EAX)).isEqualTo(0x11);
        assertThat(board.register(Cpu.EDI)).isEqualTo(0x77);
        assertThat(board.cpu.eflags() & Flags.NT).isEqualTo(Flags.NT);
        assertThat(board.cpu.control(0) & Core.CR0_TS).isEqualTo(Core.CR0_TS);
        assertThat(board.memory.peek32(NEW_TSS) & 0xFFFF).as("back link").isEqualTo(0x28);
        assertThat(typeOf(0x28)).as("the caller stays busy").isEqualTo(11);
        assertThat(typeOf(NEW_SELECTOR)).isEqualTo(11);
        board.steps(2);
        assertThat(board.cpu.eip()).isEqualTo(0x1000 + 7 + 7 + 4 + 3 + 7);
        assertThat(typeOf(NEW_SELECTOR)).as("free again").isEqualTo(9);
        assertThat(board.memory.peek32(NEW_TSS + 0x34))
                .as("EBX of the second task is kept")
                .isEqualTo(0x45);
        assertThat(board.memory.peek32(NEW_TSS + 0x24) & Flags.NT).isZero();
    }

    @Test
    void aBusyTaskIsNotEnteredAgain() {
        board.load(0x2035, "8B");
        board.gate(13, 0x4000, 0);
        board.steps(1);
        assertThat(board.cpu.eip()).isEqualTo(0x4000);
        assertThat(board.memory.peek32(board.register(Cpu.ESP))).isEqualTo(NEW_SELECTOR);
    }

    @Test
    void aTaskGateInTheIdtMakesTheHandlerANestedTask() {
        board.load(0x2800 + 8 * 0x40, "0000300000850000");
        board.load(0x1015, "CD40");
        board.cpu.setEip(0x1015);
        board.steps(1);
        assertThat(board.cpu.eip()).isEqualTo(0x5000);
        assertThat(board.cpu.eflags() & Flags.NT).isEqualTo(Flags.NT);
        board.steps(2);
        assertThat(board.cpu.eip()).isEqualTo(0x1017);
    }

    @Test
    void aFaultThroughATaskGateSavesRFSoThatItsInstructionPassesItsBreakpoint() {
        board.load(0x2800 + 8 * GuestFault.UD, "0000300000850000");
        board.load(0x1015, "0FFF");
        board.cpu.setEip(0x1015);
        board.steps(1);
        assertThat(board.cpu.eip()).isEqualTo(0x5000);
        assertThat(board.cpu.eflags() & Flags.RF).isZero();
        assertThat(board.memory.peek32(0x3000 + 0x24) & Flags.RF).isEqualTo(Flags.RF);
    }

    @Test
    void theTrapBitOfATssTrapsBeforeTheFirstInstructionOfTheTask() {
        board.store(NEW_TSS + 0x64, 1);
        board.gate(1, 0x4100, 0);
        board.steps(2);
        assertThat(board.cpu.eip()).isEqualTo(0x4100);
        assertThat(board.memory.peek32(board.register(Cpu.ESP))).isEqualTo(0x5000);
        assertThat(board.cpu.debugRegister(6) & DebugRegisters.BT).isEqualTo(DebugRegisters.BT);
    }
}
