package org.orrery.debugger.ipc;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One-way IPC times in CPU clocks.
 *
 * @param count how many
 * @param total their sum
 * @param min the shortest, 0 if there are none
 * @param max the longest
 * @param distribution how often each time occurred, shortest first
 */
public record IpcStatistics(long count, long total, long min, long max, List<Bin> distribution) {
    /** A time in CPU clocks and how often it occurred. */
    public record Bin(long cycles, long count) {}

    static IpcStatistics of(Map<Long, Long> countByCycles) {
        TreeMap<Long, Long> sorted = new TreeMap<>(countByCycles);
        long count = 0;
        long total = 0;
        for (Map.Entry<Long, Long> e : sorted.entrySet()) {
            count += e.getValue();
            total += e.getKey() * e.getValue();
        }
        List<Bin> bins = sorted.entrySet().stream()
                .map(e -> new Bin(e.getKey(), e.getValue()))
                .toList();
        return new IpcStatistics(
                count, total, bins.isEmpty() ? 0 : sorted.firstKey(), bins.isEmpty() ? 0 : sorted.lastKey(), bins);
    }

    /** Elapsed by count, as the paper measures; NaN if there are none. */
    public double mean() {
        return (double) total / count;
    }
}
