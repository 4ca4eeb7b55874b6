package org.orrery.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The rules of the bus, one by one, on a bus of 2-1-2 clocks. */
class BusTest {
    private static final int A = 0x1000;
    private static final int B = 0x2010;
    private static final int C = 0x3020;

    private final Ledger ledger = new Ledger();
    private final Cache cache = new Cache(8192, 4);
    private final PhysicalMemory memory = new PhysicalMemory(1 << 20);
    private final Bus bus = new Bus(TestBoard.CONFIG, ledger, cache, memory);

    BusTest() {
        bus.setCacheMode(false, false);
    }

    /** Clocks that a read of a dword stalls. */
    private long read(int physical) {
        long before = ledger.now;
        if (!bus.serves(physical)) {
            bus.read(physical, 4, true);
        }
        return ledger.now - before;
    }

    private long write(int physical) {
        long before = ledger.now;
        bus.write(physical, 4);
        return ledger.now - before;
    }

    private void pass(long clocks) {
        ledger.charge(Cause.EXECUTE, clocks);
    }

    @Test
    void aReadMissStallsUntilTheRequestedDwordIsThere() {
        assertThat(read(A + 12)).isEqualTo(2);
        assertThat(ledger.cycles(Cause.READ_MISS)).isEqualTo(2);
    }

    @Test
    void anAccessToTheLineThatIsFillingWaitsForTheWholeLine() {
        read(A);
        assertThat(read(A + 4)).as("three transfers are to come").isEqualTo(3);
        assertThat(read(A + 4)).isZero();
        read(B);
        pass(1);
        assertThat(write(B)).as("a write too").isEqualTo(2);
    }

    @Test
    void aHitOnAnotherLineDoesNotWaitForTheFill() {
        read(A);
        pass(10);
        read(B);
        assertThat(read(A)).isZero();
    }

    @Test
    void aMissWaitsForTheFillBeforeIt() {
        read(A);
        assertThat(read(B)).isEqualTo(3 + 2);
    }

    @Test
    void theFirstWriteGoesToTheIdleBusAndFourMoreIntoBuffers() {
        for (int i = 0; i < 5; i++) {
            assertThat(write(A)).isZero();
        }
        assertThat(write(A)).as("until the second begins").isEqualTo(2);
        assertThat(ledger.cycles(Cause.WRITE_BUFFER_FULL)).isEqualTo(2);
    }

    @Test
    void aReadMissWaitsForBufferedWritesThatMissed() {
        write(A);
        write(A);
        assertThat(read(B)).isEqualTo(2 + 2 + 2);
    }

    @Test
    void aReadMissOvertakesBufferedWritesThatAllHit() {
        cache.fill(A);
        write(A);
        write(A);
        write(A);
        assertThat(read(B)).as("waits only for the write on the bus").isEqualTo(2 + 2);
    }

    @Test
    void oneWriteThatMissedKeepsReadsBehindAllOfThem() {
        cache.fill(A);
        write(A);
        write(A);
        write(C);
        assertThat(read(B)).isEqualTo(3 * 2 + 2);
    }

    @Test
    void noReadOvertakesTheSameWritesTwice() {
        cache.fill(A);
        write(A);
        write(A);
        write(A);
        read(B);
        assertThat(read(C)).as("3 of the fill, two writes, its own 2").isEqualTo(3 + 2 * 2 + 2);
    }

    @Test
    void invalidationEndsTheRightToOvertake() {
        cache.fill(A);
        write(A);
        write(A);
        bus.invalidate();
        assertThat(read(B)).isEqualTo(2 + 2 + 2);
    }

    @Test
    void nothingIsReorderedWithTheCacheDisabled() {
        cache.fill(A);
        bus.setCacheMode(true, false);
        write(A);
        write(A);
        assertThat(read(B)).isEqualTo(2 + 2 + 2);
    }

    @Test
    void withTheCacheDisabledHitsAreServedAndMissesFillNothing() {
        cache.fill(A);
        bus.setCacheMode(true, false);
        assertThat(read(A)).isZero();
        assertThat(read(B)).isEqualTo(2);
        assertThat(read(B)).as("no line came, the bus is free").isEqualTo(2);
    }

    @Test
    void withNoWriteThroughAWriteThatHitsDoesNotReachTheBus() {
        cache.fill(A);
        bus.setCacheMode(true, true);
        for (int i = 0; i < 8; i++) {
            assertThat(write(A)).isZero();
        }
        assertThat(read(B)).isEqualTo(2);
    }

    @Test
    void aWriteMissFillsNoLine() {
        write(A);
        assertThat(cache.hit(A)).isFalse();
    }

    @Test
    void whatPageTablesForbidToKeepIsReadByItself() {
        bus.read(A, 4, false);
        assertThat(cache.hit(A)).isFalse();
        assertThat(read(B)).as("one transfer, not a line").isEqualTo(2);
    }

    @Test
    void whatTheBoardForbidsToKeepIsReadByItselfAndFillsNoExternalCacheEither() {
        MemoryTiming timing = new MemoryTiming(4, 3, 3, 4096, 0, 1024, 2, 1, 2);
        CpuConfig config = new CpuConfig("external cache", true, 0, false, 1, 8192, 4, timing, false, false);
        Bus external = new Bus(config, ledger, cache, memory);
        external.setCacheMode(false, false);
        memory.setUncached(B & -4096, B | 0xFFF);
        external.read(A, 4, true);
        pass(20);
        external.fetch(B, true);
        pass(20);
        external.read(B, 4, true);
        external.read(B, 4, true);
        assertThat(ledger.cycles(Cause.READ_MISS))
                .as("of DRAM, and no line comes behind")
                .isEqualTo(3 * 4);
        assertThat(cache.hit(A)).isTrue();
        assertThat(cache.hit(B)).isFalse();
    }

    @Test
    void aPortAccessWaitsForEveryBufferedWrite() {
        cache.fill(A);
        write(A);
        write(A);
        bus.port(7);
        assertThat(ledger.cycles(Cause.DEVICE_WAIT)).isEqualTo(2 + 2 + 7);
    }

    @Test
    void aLockedReadGoesToTheBusOnAHitAndTheWriteIsMadeBeforeGoingOn() {
        cache.fill(A);
        bus.lock(2);
        read(A);
        write(A);
        bus.unlock();
        assertThat(ledger.cycles(Cause.LOCKED_BUS))
                .as("a read of 2 and a write of 2, of which the figure has 2")
                .isEqualTo(2);
        assertThat(read(B)).as("the bus is free").isEqualTo(2);
    }

    @Test
    void aLockedCycleWaitsForTheWriteBuffers() {
        cache.fill(A);
        write(A);
        write(A);
        bus.lock(4);
        read(A);
        write(A);
        bus.unlock();
        assertThat(ledger.cycles(Cause.LOCKED_BUS)).isEqualTo(2 + 2);
    }

    @Test
    void aPrefetchGoesBehindAndAFetchWaitsForWhatIsLeft() {
        bus.prefetch(A, true);
        pass(4);
        bus.fetch(A, true);
        assertThat(ledger.cycles(Cause.FETCH_MISS)).isEqualTo(1);
        assertThat(cache.hit(A)).isTrue();
    }

    @Test
    void aPrefetchFromADeviceTakesItsTime() {
        MemoryMapped device = new MemoryMapped() {
            @Override
            public int read(int offset, int size) {
                return 0;
            }

            @Override
            public void write(int offset, int size, int value) {}

            @Override
            public int peek(int offset, int size) {
                return 0;
            }
        };
        memory.map(A, 4096, device, new DeviceTiming(2, 10, 10));
        bus.prefetch(A, true);
        pass(4);
        bus.fetch(A, true);
        assertThat(ledger.cycles(Cause.FETCH_MISS)).as("8 cycles of 10 clocks").isEqualTo(80 - 4);
        assertThat(cache.hit(A)).isFalse();
    }

    @Test
    void aPrefetchGivesWayToReadsAndWrites() {
        write(B);
        bus.prefetch(A, true);
        pass(1);
        write(B);
        assertThat(read(C)).as("both writes, not the prefetch").isEqualTo(3 + 2);
    }

    @Test
    void aBusAtHalfTheClockTakesTwiceAsLongAndBeginsWithItsOwnClock() {
        CpuConfig dx2 = new CpuConfig("i486DX2", true, 0, false, 2, 8192, 4, MemoryTiming.ZERO_WAIT, false, false);
        Bus slow = new Bus(dx2, ledger, cache, memory);
        slow.setCacheMode(false, false);
        pass(1);
        slow.read(A, 4, true);
        assertThat(ledger.cycles(Cause.READ_MISS)).isEqualTo(1 + 4);
    }
}
