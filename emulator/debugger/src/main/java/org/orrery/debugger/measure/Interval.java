package org.orrery.debugger.measure;

import java.util.List;

/**
 * What happened between two moments of a measurement.
 *
 * @param start cycle of the simulated clock
 * @param end cycle of the simulated clock
 * @param phases cycles by phase and cause; they add up to {@link #cycles}
 * @param order the phases that ran, by number, in the order in which they first did
 * @param misses what the TLB and the cache had to bring, oldest first
 */
public record Interval(long start, long end, Account phases, List<Integer> order, List<Miss> misses) {
    public Interval {
        if (phases.total() != end - start) {
            throw new IllegalStateException(
                    "phases account for " + phases.total() + " of " + (end - start) + " cycles");
        }
    }

    /** CPU clocks that passed. */
    public long cycles() {
        return end - start;
    }
}
