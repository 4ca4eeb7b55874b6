package org.orrery.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;

/** One test for each rule of code fetch. Code begins at a line's begin. */
class CodeFetchTest {
    private static final int LINES = 4;

    @Test
    void codeInTheCacheIsFetchedBehindInstructionsThatLeaveItAlone() {
        assertThat(Loop.flat("again: times 64 nop; jmp again").round()).isEqualTo(64 + 3);
    }

    @Test
    void dataInEveryClockKeepsTheNextLineAway() {
        Loop loop = Loop.flat("again: times 32 mov eax,[ebx]; jmp again");
        assertThat(loop.round()).isEqualTo(32 + LINES + 3);
        assertThat(loop.round(Cause.PREFETCH)).isEqualTo(LINES);
    }

    @Test
    void oneClockWithoutDataIsEnoughForALine() {
        assertThat(Loop.flat("again:; %rep 4; nop; nop; times 7 mov eax,[ebx]; %endrep; jmp again")
                        .round(Cause.PREFETCH))
                .isZero();
    }

    @Test
    void aTargetAcrossTwoLinesWaitsForTheSecond() {
        Loop loop = Loop.flat("again: jmp across; times 28 nop; across: add eax,1; jmp again");
        assertThat(loop.round()).isEqualTo(3 + 1 + 1 + 3);
        assertThat(loop.round(Cause.PREFETCH)).isEqualTo(1);
    }

    @Test
    void aLoopInALineThatTheCacheMayNotKeepIsFetchedEachTime() {
        TestBoard board = TestBoard.flat("");
        board.memory.setUncached(0x1000, 0x1FFF);
        board.cpu.core().mmu.cache.fill(0x2000);
        board.load(0x1FF0, "90909090 9090EBF8");
        board.cpu.setEip(0x1FF0);
        board.steps(7);
        long before = board.cpu.ledger().cycles(Cause.FETCH_MISS);
        board.steps(2 * 7);
        assertThat(board.cpu.ledger().cycles(Cause.FETCH_MISS) - before)
                .as("the target's first dword, twice")
                .isEqualTo(2 * 2);
    }

    @Test
    void aLineFromMemoryComesBehindTheOneBefore() {
        TestBoard board = TestBoard.flat("90".repeat(64)).steps(16);
        Ledger ledger = board.cpu.ledger();
        assertThat(ledger.cycles(Cause.FETCH_MISS))
                .as("the first dword of the target")
                .isEqualTo(2);
        board.steps(48);
        assertThat(ledger.cycles(Cause.FETCH_MISS)).isEqualTo(2);
        assertThat(ledger.now()).isEqualTo(64 + 2);
    }

    @Test
    void aLineThatIsNeededEarlyIsWaitedForUntilItIsThere() {
        TestBoard board =
                TestBoard.flat("B800000000 B800000000 B800000000 90".repeat(2)).steps(4);
        assertThat(board.cpu.ledger().now()).isEqualTo(2 + 4);
        board.steps(1);
        assertThat(board.cpu.ledger().cycles(Cause.FETCH_MISS))
                .as("the next line begins at 5, ends at 10, and is needed at 6")
                .isEqualTo(2 + 4);
    }

    @Test
    void aLineAheadOfAJumpComesIntoTheCacheThoughItIsNotExecuted() {
        TestBoard board = TestBoard.flat("90909090 90909090 E9F3000000").steps(9);
        board.cpu.setEip(TestBoard.CODE + 0x10);
        long before = board.cpu.ledger().cycles(Cause.FETCH_MISS);
        board.steps(1);
        assertThat(board.cpu.ledger().cycles(Cause.FETCH_MISS)).isEqualTo(before);
    }

    @Test
    void aDataMissWaitsForTheLineOfCodeThatIsComing() {
        TestBoard board = TestBoard.flat("90909090 90 8B03 90909090 90909090");
        board.cpu.setRegister(Cpu.EBX, 0x9000);
        board.steps(6);
        assertThat(board.cpu.ledger().cycles(Cause.READ_MISS))
                .as("the next line begins at 5 and ends at 10; the read comes at 8")
                .isEqualTo(2 + 2);
    }

    @Test
    void fetchStopsAtTheCodeSegmentsLimit() {
        TestBoard board = TestBoard.flat("90".repeat(16));
        board.cpu.setSegment(Cpu.CS, 8, 0, TestBoard.CODE + 15, 0x409B);
        board.cpu.setEip(TestBoard.CODE);
        board.steps(16);
        assertThat(board.cpu.cache().misses()).isEqualTo(1);
    }

    @Test
    void fetchDoesNotWalkToTheNextPage() {
        TestBoard board = TestBoard.flat("");
        board.pageTables();
        board.load(0x1FF0, "90".repeat(32));
        board.cpu.setEip(0x1FF0);
        board.steps(16);
        assertThat(board.cpu.tlb().misses()).isEqualTo(1);
        board.steps(1);
        assertThat(board.cpu.tlb().misses()).isEqualTo(2);
    }

    private static final String MIXTURE =
            "again: mov al,[ebx]; add [ebx+8],eax; mov ecx,3; rep movsb; push eax; pop edx;"
                    + "movzx eax,al; mov esi,[ebx+ecx*4+16]; mov esi,0x9100; mov edi,0x9200; test al,1; jz on; lea edx,[eax+ebx];"
                    + "on: fld1; fldpi; fdivp st1; nop; fstp dword [ebx+64]; mov [ebx+edi+0x1000],eax; inc dword [ebx];"
                    + "cmp dword [ebx],200; jb near again; hlt";

    @Test
    void causesAndCyclesAreTheSameSteppingAndRunning() {
        TestBoard stepped = board(MIXTURE);
        while (!stepped.cpu.halted()) {
            stepped.steps(1);
        }
        TestBoard run = board(MIXTURE);
        run.cpu.run(EventQueue.NEVER);
        TestBoard chopped = board(MIXTURE);
        while (!chopped.cpu.halted()) {
            chopped.cpu.run(chopped.cpu.ledger().now() + 7);
        }
        requireSameTime(run, stepped);
        requireSameTime(chopped, stepped);
    }

    @Test
    void aSavedStateGoesOnInTheSameTime() {
        for (int steps = 100; steps < 150; steps++) {
            TestBoard original = board(MIXTURE).steps(steps);
            StateWriter out = new StateWriter();
            original.memory.save(out);
            original.cpu.save(out);
            TestBoard copy = new TestBoard();
            StateReader in = new StateReader(out.toByteArray());
            copy.memory.load(in);
            copy.cpu.load(in);
            requireSameTime(copy.steps(100), original.steps(100));
        }
    }

    private static void requireSameTime(TestBoard board, TestBoard other) {
        for (Cause cause : Cause.values()) {
            assertThat(board.cpu.ledger().cycles(cause))
                    .as(cause.label())
                    .isEqualTo(other.cpu.ledger().cycles(cause));
        }
    }

    private static TestBoard board(String source) {
        TestBoard board = TestBoard.flat("");
        board.memory.load(TestBoard.CODE, FpuBench.assemble(32, source).toFlat());
        board.cpu.setRegister(Cpu.EBX, 0x9000);
        board.cpu.setRegister(Cpu.ESI, 0x9100);
        board.cpu.setRegister(Cpu.EDI, 0x9200);
        return board;
    }
}
