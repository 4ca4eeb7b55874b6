package org.orrery.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimingTest {
    /** An instruction of several clocks, CLI, behind which decoding hides, as the table assumes. */
    private static final String FILLER = "FA";

    private static final int FILLER_CLOCKS = 5;

    /** Runs code until cache and bus are at rest, and returns the cycles of the last run. */
    private static long warm(String hex) {
        TestBoard board = TestBoard.flat(FILLER + hex);
        int end = TestBoard.CODE + (FILLER + hex).replace(" ", "").length() / 2;
        long cycles = 0;
        for (int run = 0; run < 3; run++) {
            board.cpu.setEip(TestBoard.CODE);
            board.cpu.setRegister(Cpu.EBX, 0x9000);
            board.cpu.setRegister(Cpu.ECX, 3);
            board.cpu.setRegister(Cpu.EDI, 0x9000);
            board.cpu.setRegister(Cpu.ESP, TestBoard.STACK);
            long start = board.cpu.ledger().now();
            do {
                board.cpu.step();
            } while (board.cpu.eip() != end);
            cycles = board.cpu.ledger().now() - start - FILLER_CLOCKS;
        }
        return cycles;
    }

    @ParameterizedTest(name = "{2}: {1} clocks")
    @CsvSource({
        "89C8, 1, MOV r r",
        "8B03, 1, MOV r m",
        "8903, 1, MOV m r",
        "01C8, 1, ADD r r",
        "0303, 2, ADD r m",
        "0103, 3, ADD m r",
        "3903, 2, CMP m r",
        "50, 1, PUSH r",
        "58, 1, POP r",
        "FF33, 4, PUSH m",
        "0FB603, 3, MOVZX r m",
        "C1E004, 2, SHL r imm",
        "D1E0, 3, SHL r 1",
        "D3E0, 3, SHL r CL",
        "C1D004, 11, RCL r by 4",
        "EB00, 3, JMP",
        "E800000000, 3, CALL",
        "8D03, 1, LEA",
        "8D0403, 2, LEA with index",
        "F3AA, 19, REP STOSB of 3",
        "668B03, 1, MOV r m with a hidden prefix",
        "0FBCC1, 18, BSF of bit 0",
        "0FC8, 1, BSWAP"
    })
    void warmClocksEqualTheTable(String hex, long clocks, String what) {
        assertThat(warm(hex)).as(what).isEqualTo(clocks);
    }

    @Test
    void aTakenBranchCostsThreeAndAnotherOne() {
        assertThat(warm("31C0 7400")).isEqualTo(1 + 3);
        assertThat(warm("31C0 7500")).isEqualTo(1 + 1);
    }

    @Test
    void aReadMissStallsUntilTheFirstDwordAndTheNextMissWaitsForTheFill() {
        TestBoard board = TestBoard.flat("90909090 90909090 8B03 8B4310");
        board.cpu.setRegister(Cpu.EBX, 0x9000);
        board.steps(9);
        assertThat(board.cpu.ledger().cycles(Cause.READ_MISS)).isEqualTo(2);
        board.steps(1);
        assertThat(board.cpu.ledger().cycles(Cause.READ_MISS))
                .as("2 until the fill ends, 2 of its own")
                .isEqualTo(2 + 4);
    }

    @Test
    void misalignedOperandsCostThreeMore() {
        TestBoard board = TestBoard.flat("8B4301 8B4301 668B4301");
        board.cpu.setRegister(Cpu.EBX, 0x9000);
        board.steps(2);
        assertThat(board.cpu.ledger().cycles(Cause.MISALIGNMENT)).isEqualTo(6);
        board.steps(1);
        assertThat(board.cpu.ledger().cycles(Cause.MISALIGNMENT))
                .as("a word within a dword")
                .isEqualTo(6);
    }

    @Test
    void theFifthWriteInARowWaitsForABuffer() {
        TestBoard board = TestBoard.flat("8903 8903 8903 8903 8903 8903 8903 8903 8903 8903");
        board.cpu.setRegister(Cpu.EBX, 0x9000);
        board.steps(10);
        assertThat(board.cpu.ledger().cycles(Cause.WRITE_BUFFER_FULL)).isPositive();
    }

    @Test
    void withFreeSegmentsALoadTakesWhatItTakesInRealMode() {
        CpuConfig free = new CpuConfig("what-if", true, 0, false, 1, 8192, 4, MemoryTiming.ZERO_WAIT, false, true);
        String loads = "8ED9 8ED9 8ED9";
        long paid = cyclesOfThird(TestBoard.flat(loads));
        long unpaid = cyclesOfThird(TestBoard.flat(free, loads));
        assertThat(paid).isEqualTo(9);
        assertThat(unpaid).isEqualTo(3);
    }

    /** The first instructions bring the code and the descriptor. */
    private static long cyclesOfThird(TestBoard board) {
        board.cpu.setRegister(Cpu.ECX, 0);
        board.steps(2);
        long before = board.cpu.ledger().now();
        board.steps(1);
        return board.cpu.ledger().now() - before;
    }

    @Test
    void causesAddUpToTheTimeThatPassed() {
        TestBoard board = TestBoard.flat("B900040000 8B03 83C310 60 61 49 75F6 F4");
        board.cpu.setRegister(Cpu.EBX, 0x9000);
        board.cpu.run(EventQueue.NEVER);
        long sum = 0;
        for (Cause cause : Cause.values()) {
            sum += board.cpu.ledger().cycles(cause);
        }
        assertThat(sum).isEqualTo(board.cpu.ledger().now()).isGreaterThan(10_000);
    }

    /** Handler: IRET after nothing; the frame's stores find the write buffers empty. */
    @Test
    void framesLeaveOneStoreAClockAndFindBuffersFree() {
        TestBoard board = TestBoard.inRing3("CD30 90 CD30 90 CD30");
        board.gate(0x30, 0x4000, 3);
        board.load(0x4000, "CF");
        board.steps(6);
        long start = board.cpu.ledger().now();
        long full = board.cpu.ledger().cycles(Cause.WRITE_BUFFER_FULL);
        long executed = board.cpu.ledger().cycles(Cause.EXECUTE);
        board.steps(1);
        assertThat(board.cpu.eip()).isEqualTo(0x4000);
        assertThat(board.cpu.ledger().cycles(Cause.EXECUTE) - executed).isEqualTo(71);
        assertThat(board.cpu.ledger().cycles(Cause.WRITE_BUFFER_FULL)).isEqualTo(full);
        assertThat(board.cpu.ledger().now() - start).isEqualTo(71);
    }

    @ParameterizedTest(name = "{2}: {1} clocks")
    @CsvSource({"60, 11, PUSHA", "C8000000, 14, ENTER 0", "C8000001, 17, ENTER 1", "C8000003, 26, ENTER 3"})
    void storesOfMicrocodeDoNotWaitForEachOther(String hex, long clocks, String what) {
        assertThat(warm(hex)).as(what).isEqualTo(clocks);
    }
}
