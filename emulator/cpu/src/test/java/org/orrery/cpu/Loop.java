package org.orrery.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.orrery.isa.asm.Assembly;

/** Assembled code that runs in circles, from its label {@code again} back to it, warm; and how many clocks a round takes. */
final class Loop {
    private static final int WARM_ROUNDS = 6;
    private static final int MEASURED_ROUNDS = 4;
    private static final int LONGEST = 100_000;

    final TestBoard board;
    private static final int[] REGISTERS = {3, 1000, 0, 0x9000, TestBoard.STACK, 0x9100, 0x9200, 0x9300};

    private final int again;

    private Loop(TestBoard board, Assembly code) {
        this.board = board;
        board.memory.load(TestBoard.CODE, code.toFlat());
        again = (int) code.valueOf("again");
        board.cpu.setEip(TestBoard.CODE);
    }

    /** Flat 32-bit protected mode. */
    static Loop flat(String source) {
        return new Loop(TestBoard.flat(""), FpuBench.assemble(32, source));
    }

    /** Real mode with the cache on. */
    static Loop real(String source) {
        TestBoard board = new TestBoard();
        board.cpu.setControl(0, 0x10);
        board.cpu.setSegment(Cpu.CS, 0, 0, 0xFFFF, 0x93);
        return new Loop(board, FpuBench.assemble(16, source));
    }

    /** Clocks of a round, the same for each of several. */
    long round() {
        for (int i = 0; i < WARM_ROUNDS; i++) {
            goRound();
        }
        long first = goRound();
        for (int i = 1; i < MEASURED_ROUNDS; i++) {
            assertThat(goRound()).as("a later round").isEqualTo(first);
        }
        return first;
    }

    /** Clocks that a round charges to a cause. */
    long round(Cause cause) {
        round();
        long start = board.cpu.ledger().cycles(cause);
        goRound();
        return board.cpu.ledger().cycles(cause) - start;
    }

    private long goRound() {
        long start = board.cpu.ledger().now();
        for (int n = 0; n < REGISTERS.length; n++) {
            board.cpu.setRegister(n, REGISTERS[n]);
        }
        int left = LONGEST;
        do {
            assertThat(board.cpu.step()).isNull();
            assertThat(left--).isPositive();
        } while (board.cpu.eip() != again);
        return board.cpu.ledger().now() - start;
    }

    /** What one of many copies in a row takes in real mode: the loop's own clocks cancel out. */
    static double copyInReal(String source) {
        return (copies(source, 200) - copies(source, 100)) / 100.0;
    }

    private static long copies(String source, int count) {
        return real("again:; %rep " + count + ";" + source + "; %endrep; jmp near again")
                .round();
    }
}
