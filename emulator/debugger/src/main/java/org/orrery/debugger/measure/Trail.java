package org.orrery.debugger.measure;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;

/** Which phase ran from which cycle on; the last few thousand changes of phase are kept. */
final class Trail {
    private static final int KEPT = 1 << 14;

    private final int[] phases = new int[KEPT];
    private final long[] starts = new long[KEPT];
    private long count;

    /** A phase runs from a cycle on. */
    void add(int phase, long cycle) {
        if (count == 0 || phases[slot(count - 1)] != phase) {
            phases[slot(count)] = phase;
            starts[slot(count)] = cycle;
            count++;
        }
    }

    /** The phases that ran between two cycles, each once, in the order in which they first did. */
    List<Integer> between(long from, long to) {
        Deque<Integer> found = new ArrayDeque<>();
        long end = Long.MAX_VALUE;
        for (long i = count - 1; i >= Math.max(0, count - KEPT) && end > from; i--) {
            if (starts[slot(i)] < to) {
                found.addFirst(phases[slot(i)]);
            }
            end = starts[slot(i)];
        }
        return List.copyOf(new LinkedHashSet<>(found));
    }

    private static int slot(long change) {
        return (int) (change & KEPT - 1);
    }
}
