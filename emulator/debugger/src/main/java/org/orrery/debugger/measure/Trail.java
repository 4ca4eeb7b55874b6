package org.orrery.debugger.measure;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The phases in the order in which they ran; the last few thousand changes of phase are kept. */
final class Trail {
    private static final int KEPT = 1 << 14;

    private final int[] phases = new int[KEPT];
    private long count;

    /** A phase runs. */
    void add(int phase) {
        if (count == 0 || phases[slot(count - 1)] != phase) {
            phases[slot(count++)] = phase;
        }
    }

    /** How many changes of phase there were. */
    long count() {
        return count;
    }

    /** The phases from change {@code from} to before {@code to}, each once, in the order in which they first ran. */
    List<Integer> between(long from, long to) {
        Set<Integer> seen = new LinkedHashSet<>();
        for (long i = Math.max(Math.max(from, 0), count - KEPT); i < to; i++) {
            seen.add(phases[slot(i)]);
        }
        return List.copyOf(seen);
    }

    private static int slot(long change) {
        return (int) (change & KEPT - 1);
    }
}
