package org.orrery.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of page walks, misaligned operands, locked instructions and ports, on a bus of 2-1-2 clocks. */
class MemoryRulesTest {
    private static final int DIRECTORY = 0x10000;
    private static final int TABLE = 0x11000;
    private static final int A = 0x20;
    private static final int D = 0x40;
    private static final int PCD = 0x10;

    private final TestBoard board = TestBoard.flat("");
    private final Mmu mmu = board.cpu.core().mmu;
    private final Ledger ledger = board.cpu.ledger();

    private void paged(int directoryBits, int pageBits) {
        board.pageTables();
        board.store(DIRECTORY, TABLE | 7 | directoryBits);
        board.store(TABLE + 4 * 5, 0x5007 | pageBits);
    }

    private long walk(int access) {
        ledger.charge(Cause.HALT, 20);
        long before = ledger.cycles(Cause.TLB_WALK);
        mmu.read32(0x5000, access);
        return ledger.cycles(Cause.TLB_WALK) - before;
    }

    @ParameterizedTest(name = "{2} clocks")
    @CsvSource({"32, 32, 13", "0, 32, 21", "32, 0, 21", "0, 0, 28"})
    void aWalkWithoutTheCacheTakesWhatRuleTenSays(int directoryBits, int pageBits, long clocks) {
        paged(directoryBits, pageBits);
        assertThat(walk(Mmu.READ)).isEqualTo(clocks);
    }

    @Test
    void aWalkThroughTheCacheTakesNine() {
        paged(A, A);
        walk(Mmu.READ);
        mmu.tlb.flush();
        assertThat(walk(Mmu.READ)).isEqualTo(9);
    }

    @Test
    void aWriteThroughACleanEntryWalksAgainAndSetsDirty() {
        paged(A, A);
        walk(Mmu.READ);
        assertThat(walk(Mmu.WRITE)).isEqualTo(9 + 8);
        assertThat(board.memory.peek32(TABLE + 4 * 5) & D).isEqualTo(D);
        assertThat(walk(Mmu.WRITE)).isZero();
    }

    @Test
    void pcdOfAPageKeepsItOutOfTheCache() {
        paged(A, A | PCD);
        walk(Mmu.READ);
        assertThat(mmu.cache.hit(0x5000)).isFalse();
        assertThat(mmu.cache.hit(TABLE + 4 * 5)).isTrue();
    }

    @Test
    void pcdOfADirectoryEntryKeepsItsTableOutOfTheCacheAndPcdOfCr3TheDirectory() {
        paged(A | PCD, A);
        walk(Mmu.READ);
        assertThat(mmu.cache.hit(TABLE + 4 * 5)).isFalse();
        assertThat(mmu.cache.hit(DIRECTORY)).isTrue();
        mmu.bus.invalidate();
        mmu.setDirectory(DIRECTORY | PCD);
        walk(Mmu.READ);
        assertThat(mmu.cache.hit(DIRECTORY)).isFalse();
    }

    @Test
    void aMisalignedOperandReadsItsHighPartFirst() {
        mmu.read32(0x900F);
        assertThat(ledger.cycles(Cause.MISALIGNMENT)).isEqualTo(3);
        assertThat(ledger.cycles(Cause.READ_MISS))
                .as("two lines, one after the other")
                .isEqualTo(2 + 3 + 2);
        assertThat(mmu.cache.hit(0x9010) && mmu.cache.hit(0x9000)).isTrue();
        ledger.charge(Cause.HALT, 10);
        mmu.read32(0xA002);
        assertThat(ledger.cycles(Cause.READ_MISS))
                .as("the low part waits for the line")
                .isEqualTo(7 + 2 + 3);
    }

    @Test
    void aMisalignedOperandAcrossPagesTranslatesBoth() {
        paged(A, A);
        mmu.read32(0x5FFE);
        assertThat(mmu.tlb.misses()).isEqualTo(2);
    }

    private long read64(int linear) {
        long before = ledger.cycles(Cause.READ_MISS);
        mmu.read64(linear);
        return ledger.cycles(Cause.READ_MISS) - before;
    }

    @Test
    void bothDwordsOf64BitsComeInOneBurst() {
        board.memory.setUncached(0x9000, 0x9FFF);
        assertThat(read64(0x9008)).as("2-1").isEqualTo(2 + 1);
        assertThat(read64(0x9008)).as("the bus is free").isEqualTo(2 + 1);
        assertThat(read64(0x900C)).as("not aligned: two cycles").isEqualTo(2 + 2);
        assertThat(read64(0xA008))
                .as("a line, of which the second dword waits for the end")
                .isEqualTo(2 + 3);
        assertThat(read64(0xA000)).isZero();
        assertThat(mmu.cache.hit(0x9008)).isFalse();
    }

    @Test
    void descriptorsComeInOneBurst() {
        TestBoard tables = TestBoard.withTables("90 8ED8");
        tables.memory.setUncached(0x2000, 0x2FFF);
        tables.cpu.core().mmu.bus.invalidate();
        tables.cpu.setRegister(Cpu.EAX, 0x10);
        tables.steps(1);
        Ledger clock = tables.cpu.ledger();
        clock.charge(Cause.HALT, 40);
        long before = clock.cycles(Cause.READ_MISS);
        tables.steps(1);
        assertThat(tables.cpu.selector(Cpu.DS)).isEqualTo(0x10);
        assertThat(clock.cycles(Cause.READ_MISS) - before).isEqualTo(2 + 1);
    }

    /** Clocks of one instruction with EBX at cached, aligned memory, after a filler that hides decoding. */
    private static long warm(String hex, Cause cause) {
        TestBoard board = TestBoard.flat("FA" + hex);
        long clocks = 0;
        for (int run = 0; run < 4; run++) {
            board.cpu.setEip(TestBoard.CODE);
            board.cpu.setRegister(Cpu.EBX, 0x9000);
            board.cpu.setRegister(Cpu.ESP, TestBoard.STACK);
            board.steps(1);
            Ledger ledger = board.cpu.ledger();
            long before = cause == null ? ledger.now() : ledger.cycles(cause);
            board.steps(1);
            clocks = (cause == null ? ledger.now() : ledger.cycles(cause)) - before;
            ledger.charge(Cause.HALT, 40);
        }
        return clocks;
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "8703, 0, 'XCHG contains its locked cycles'",
        "F00103, 2, 'LOCK ADD: 2 locked'",
        "F0FF03, 2, 'LOCK INC: 2 locked'",
        "F00FBA2B05, 0, 'LOCK BTS m,imm: 0 locked'",
        "F00FAB03, 1, 'LOCK BTS m,r: 1 locked'",
        "F00FC103, 2, 'LOCK XADD: 2 locked'"
    })
    void lockedInstructionsTakeTheTablesLockedPenalty(String hex, long clocks, String what) {
        assertThat(warm(hex, Cause.LOCKED_BUS)).isEqualTo(clocks);
    }

    @ParameterizedTest(name = "{2}: {1} clocks")
    @CsvSource({"8703, 5, XCHG m r", "60, 11, PUSHA", "C8000000, 14, ENTER 0", "C8000008, 41, ENTER with 8 levels"})
    void manyWritesOfOneInstructionFitTheTablesFigure(String hex, long clocks, String what) {
        assertThat(warm(hex, null)).isEqualTo(clocks);
    }

    @Test
    void anOutWaitsForTheBufferedWritesThatItsOwnClocksDoNotCover() {
        for (int i = 0; i < 5; i++) {
            mmu.bus.write(0x9000, 4);
        }
        board.load(TestBoard.CODE, "E680");
        board.steps(1);
        assertThat(board.portLog).hasSize(1);
        assertThat(ledger.cycles(Cause.DEVICE_WAIT))
                .as("five writes take 10 clocks, the first fetch waits for them")
                .isZero();
        mmu.bus.write(0x9000, 4);
        mmu.bus.write(0x9000, 4);
        mmu.bus.port(0);
        assertThat(ledger.cycles(Cause.DEVICE_WAIT)).isEqualTo(4);
    }
}
