package org.orrery.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;

class PrefetchQueueTest {
    private static final String PATCH_NEXT = "C60507100000 40";

    @Test
    void aStoreIntoTheNextInstructionIsNotSeen() {
        TestBoard board = TestBoard.flat(PATCH_NEXT + "90 F4").steps(2);
        assertThat(board.memory.peek8(0x1007)).isEqualTo(0x40);
        assertThat(board.register(Cpu.EAX)).isZero();
    }

    @Test
    void aJumpMakesItSeen() {
        TestBoard board = TestBoard.flat("C60509100000 40 EB00 90 F4").steps(3);
        assertThat(board.register(Cpu.EAX)).isEqualTo(1);
    }

    @Test
    void theNextLineIsInTheQueueAndTheOneAfterItIsNot() {
        String nops = "90".repeat(8);
        TestBoard near =
                TestBoard.flat("C6051A100000 40 90" + nops + nops + nops + nops).steps(20);
        assertThat(near.register(Cpu.EAX)).isZero();
        TestBoard far = TestBoard.flat("C60522100000 40 90" + nops + nops + nops + nops + nops)
                .steps(30);
        assertThat(far.register(Cpu.EAX)).isEqualTo(1);
    }

    @Test
    void codeRunOnceAndChangedLaterRunsAsChanged() {
        TestBoard board = TestBoard.flat("E8FB0F0000 C60500200000 43 E8EF0F0000 F4");
        board.load(0x2000, "40 C3");
        board.steps(6);
        assertThat(board.register(Cpu.EAX)).isEqualTo(1);
        assertThat(board.register(Cpu.EBX)).isEqualTo(1);
    }

    @Test
    void aLoopThatHasRunAndIsChangedInTheMiddleRunsAsChanged() {
        TestBoard board = TestBoard.flat("B904000000 E8F60F0000 C605012000004B B904000000 E8E50F0000 F4");
        board.load(0x2000, "90 43 49 75FB C3");
        assertThat(board.cpu.run(1_000_000)).isEqualTo(Stop.DEAD_HALT);
        assertThat(board.memory.peek8(0x2001)).isEqualTo(0x4B);
        assertThat(board.register(Cpu.ECX)).isZero();
        assertThat(board.register(Cpu.EBX)).isZero();
    }

    @Test
    void aLoopThatHasRunAndChangesItsNextInstructionSeesThatAfterTheJump() {
        TestBoard board =
                TestBoard.flat("31D2 BB00300000 B903000000 E8EF0F0000 BB02200000 B04A B902000000 E8DE0F0000 F4");
        board.load(0x2000, "8803 42 49 75FA C3");
        assertThat(board.cpu.run(1_000_000)).isEqualTo(Stop.DEAD_HALT);
        assertThat(board.memory.peek8(0x2002)).isEqualTo(0x4A);
        assertThat(board.register(Cpu.EDX)).isEqualTo(3 + 1 - 1);
    }

    @Test
    void codeChangedByAStoreThatBeginsInThePageBeforeRunsAsChanged() {
        TestBoard board = TestBoard.flat("E8FB1F0000 66C705FF2F00004343 E8ED1F0000 F4");
        board.load(0x3000, "40 C3");
        board.steps(6);
        assertThat(board.register(Cpu.EAX)).isEqualTo(1);
        assertThat(board.register(Cpu.EBX)).isEqualTo(1);
    }

    @Test
    void aStoreOverTheEndOfAPageOfCodeChangesBothPages() {
        TestBoard board = TestBoard.flat("C705FE1F0000 40434343 E9EF0F0000");
        board.steps(6);
        assertThat(board.register(Cpu.EBX)).isEqualTo(3);
    }

    @Test
    void aStaleQueueIsPartOfTheSavedState() {
        TestBoard board = TestBoard.flat(PATCH_NEXT + "90 F4").steps(1);
        StateWriter out = new StateWriter();
        board.memory.save(out);
        board.cpu.save(out);
        TestBoard other = new TestBoard();
        StateReader in = new StateReader(out.toByteArray());
        other.memory.load(in);
        other.cpu.load(in);
        other.steps(1);
        assertThat(other.register(Cpu.EAX)).isZero();
        assertThat(other.cpu.eip()).isEqualTo(0x1008);
    }
}
