package org.orrery.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResetTest {
    private static final int PRESENT_WRITABLE_ACCESSED = 0x93;

    private static Cpu used() {
        TestBoard board = TestBoard.withTables("F1 9B 90");
        board.cpu.raiseNmi();
        board.cpu.setRegister(Cpu.EDX, -1);
        board.cpu.setEflags(0x3202);
        board.cpu.reset();
        return board.cpu;
    }

    @Test
    void executionBeginsSixteenBytesBelowTheTopOfMemory() {
        Cpu cpu = used();
        assertThat(cpu.selector(Cpu.CS)).isEqualTo(0xF000);
        assertThat(cpu.segmentBase(Cpu.CS)).isEqualTo(0xFFFF0000);
        assertThat(cpu.eip()).isEqualTo(0xFFF0);
        assertThat(cpu.code32()).isFalse();
    }

    @Test
    void registersAreThoseOfTheDataBook() {
        Cpu cpu = used();
        assertThat(cpu.control(0)).isEqualTo(0x60000010);
        assertThat(cpu.eflags()).isEqualTo(2);
        assertThat(cpu.register(Cpu.EDX)).isEqualTo(TestBoard.CONFIG.signature());
        assertThat(cpu.idtBase()).isZero();
        assertThat(cpu.idtLimit()).isEqualTo(0x3FF);
        assertThat(cpu.gdtLimit()).isEqualTo(0xFFFF);
        assertThat(cpu.debugRegister(6)).isEqualTo(0xFFFF0FF0);
        assertThat(cpu.debugRegister(7)).isEqualTo(0x400);
        assertThat(cpu.cpl()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {Cpu.ES, Cpu.CS, Cpu.SS, Cpu.DS, Cpu.FS, Cpu.GS})
    void everySegmentIsPresentWritableAndAccessedAndHas64KB(int segment) {
        Cpu cpu = used();
        assertThat(cpu.segmentRights(segment)).isEqualTo(PRESENT_WRITABLE_ACCESSED);
        assertThat(cpu.segmentLimit(segment)).isEqualTo(0xFFFF);
    }

    @Test
    void realModeMayWriteThroughCSBeforeItIsFirstLoaded() {
        TestBoard board = new TestBoard();
        Cpu cpu = board.cpu;
        cpu.setSegment(Cpu.CS, 0, 0, 0xFFFF, cpu.segmentRights(Cpu.CS));
        board.load(TestBoard.CODE, "2EC606002077");
        cpu.setEip(TestBoard.CODE);
        board.steps(1);
        assertThat(board.memory.peek8(0x2000)).isEqualTo(0x77);
    }
}
