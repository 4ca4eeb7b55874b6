package org.orrery.debugger.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which row of an {@link Account} a linear code address belongs to. Ranges of one name share a row. Immutable. */
public final class AddressMap {
    /** The row of addresses that no range holds. */
    public static final int NO_ROW = -1;

    /** From {@code start} on and below {@code end}, both linear and unsigned; an {@code end} of 0 is 4 GB. */
    public record Range(int start, int end, String name) {}

    private final int[] starts;
    /** Last address of each range, so that the top of memory needs no special case. */
    private final int[] lasts;

    private final int[] rows;
    private final List<String> names;

    private AddressMap(int[] starts, int[] lasts, int[] rows, List<String> names) {
        this.starts = starts;
        this.lasts = lasts;
        this.rows = rows;
        this.names = names;
    }

    /** Builds the map. A range ends where the next one starts, whatever its own end says. Empty ranges are ignored. */
    public static AddressMap of(List<Range> ranges) {
        Map<String, Integer> rowOf = new LinkedHashMap<>();
        List<Range> sorted = new ArrayList<>();
        for (Range range : ranges) {
            if (range.start != range.end) {
                rowOf.putIfAbsent(range.name, rowOf.size());
                sorted.add(range);
            }
        }
        sorted.sort(Comparator.comparingInt(r -> r.start ^ Integer.MIN_VALUE));
        int[] starts = new int[sorted.size()];
        int[] lasts = new int[sorted.size()];
        int[] rows = new int[sorted.size()];
        for (int i = 0; i < starts.length; i++) {
            Range range = sorted.get(i);
            starts[i] = range.start ^ Integer.MIN_VALUE;
            lasts[i] = range.end - 1 ^ Integer.MIN_VALUE;
            rows[i] = rowOf.get(range.name);
        }
        return new AddressMap(starts, lasts, rows, List.copyOf(rowOf.keySet()));
    }

    /** The names of the rows, by number, in the order in which they were first given. */
    public List<String> names() {
        return names;
    }

    /** The row of a linear address, or {@link #NO_ROW}. */
    public int row(int linear) {
        int key = linear ^ Integer.MIN_VALUE;
        int at = Arrays.binarySearch(starts, key);
        if (at < 0) {
            at = -at - 2;
        }
        return at >= 0 && key <= lasts[at] ? rows[at] : NO_ROW;
    }
}
