package org.orrery.pc.bus;

import org.orrery.cpu.EventQueue;
import org.orrery.cpu.Ledger;

/**
 * A clock on the board that is not the CPU's, in phase with it at cycle 0. Its ticks are computed from the CPU's clock in exact integer
 * arithmetic, so that nothing drifts however long the machine runs.
 */
public final class Oscillator {
    private final Ledger clock;
    /** In lowest terms: {@code ticks} of this oscillator last exactly as long as {@code cycles} of the CPU. */
    private final long ticks;

    private final long cycles;

    /**
     * @param cpuHz CPU clocks in a second
     * @param numerator with {@code denominator}, this oscillator's frequency in Hz
     */
    public Oscillator(Ledger clock, long cpuHz, long numerator, long denominator) {
        this.clock = clock;
        long cpu = Math.multiplyExact(cpuHz, denominator);
        long divisor = gcd(numerator, cpu);
        ticks = numerator / divisor;
        cycles = cpu / divisor;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /** Whole ticks passed by now. */
    public long now() {
        return ticksAt(clock.now());
    }

    /** Whole ticks passed by a CPU cycle. */
    public long ticksAt(long cycle) {
        return cycle / cycles * ticks + cycle % cycles * ticks / cycles;
    }

    /** The first CPU cycle at which {@code tick} ticks have passed; {@link EventQueue#NEVER} stays never. */
    public long cycleOf(long tick) {
        if (tick == EventQueue.NEVER) {
            return EventQueue.NEVER;
        }
        return tick / ticks * cycles + (tick % ticks * cycles + ticks - 1) / ticks;
    }
}
