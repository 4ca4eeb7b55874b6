package org.orrery.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hits, misses and stalls are those of a plain model that goes clock by clock. */
class BusPropertyTest {
    private static final int ACCESSES = 250_000;
    private static final MemoryTiming BOARD = new MemoryTiming(4, 3, 3, 2048, 5, 16384, 2, 2, 2);

    static Stream<CpuConfig> configs() {
        return Stream.of(
                TestBoard.CONFIG,
                new CpuConfig("waits and external cache", true, 0, false, 1, 8192, 4, BOARD, false, false),
                new CpuConfig("half the clock", true, 0, false, 2, 4096, 2, BOARD, false, false),
                new CpuConfig("a third", true, 0, false, 3, 1024, 1, MemoryTiming.ZERO_WAIT, false, false));
    }

    @ParameterizedTest
    @MethodSource("configs")
    void hitsMissesAndStallsAreThoseOfThePlainModel(CpuConfig config) {
        Ledger ledger = new Ledger();
        Bus bus = new Bus(
                config, ledger, new Cache(config.cacheBytes(), config.cacheWays()), new PhysicalMemory(1 << 20));
        NaiveBus naive = new NaiveBus(config);
        bus.setCacheMode(false, false);
        Random random = new Random(486);
        for (int i = 0; i < ACCESSES; i++) {
            int pause = random.nextInt(8) == 0 ? random.nextInt(12) : random.nextInt(2);
            ledger.charge(Cause.EXECUTE, pause);
            naive.pass(pause);
            long before = ledger.now;
            long expected = access(bus, naive, ledger, random);
            assertThat(ledger.now - before).as("access %d", i).isEqualTo(expected);
            assertThat(ledger.now).isEqualTo(naive.now);
        }
        assertThat(ledger.cycles(Cause.READ_MISS)).isGreaterThan(ACCESSES / 4);
        assertThat(ledger.cycles(Cause.WRITE_BUFFER_FULL)).isPositive();
    }

    private static long access(Bus bus, NaiveBus naive, Ledger ledger, Random random) {
        int physical = (random.nextInt(3) == 0 ? random.nextInt(1 << 18) : random.nextInt(1 << 12)) & ~3;
        int kind = random.nextInt(100);
        if (kind < 50) {
            boolean mayFill = kind > 0;
            if (!bus.serves(physical)) {
                bus.read(physical, 4, mayFill);
            }
            return naive.read(physical, mayFill);
        }
        if (kind < 94) {
            bus.write(physical, 4);
            return naive.write(physical);
        }
        if (kind < 98) {
            bus.prefetch(physical, true);
            naive.prefetch(physical);
        } else if (random.nextInt(100) == 0) {
            bus.invalidate();
            naive.invalidate();
        } else if (random.nextInt(20) == 0) {
            naive.cacheDisabled = !naive.cacheDisabled;
            bus.setCacheMode(naive.cacheDisabled, false);
        }
        return 0;
    }
}
