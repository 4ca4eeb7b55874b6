package org.orrery.debugger.measure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which row of an {@link Account} a linear code address belongs to. Ranges of one name share a row. Immutable. */
public final class AddressMap {
    /** The row of addresses that no range holds. */
    public static final int NO_ROW = -1;

    /** From {@code start} on and below {@code end}, both linear and unsigned; an {@code end} of 0 is 4 GB. */
    public record Range(int start, int end, String name) {
        private long first() {
            return Integer.toUnsignedLong(start);
        }

        private long last() {
            return Integer.toUnsignedLong(end - 1);
        }
    }

    /** First address of each piece, unsigned; pieces do not overlap. */
    private final long[] firsts;
    /** Last address of each piece. */
    private final long[] lasts;

    private final int[] rows;
    private final List<String> names;

    private AddressMap(long[] firsts, long[] lasts, int[] rows, List<String> names) {
        this.firsts = firsts;
        this.lasts = lasts;
        this.rows = rows;
        this.names = names;
    }

    /** Builds the map. Where ranges overlap, the one that starts last holds. Empty ranges are ignored. */
    public static AddressMap of(List<Range> ranges) {
        Map<String, Integer> rowOf = new LinkedHashMap<>();
        List<Range> sorted = new ArrayList<>();
        for (Range range : ranges) {
            if (range.start != range.end) {
                rowOf.putIfAbsent(range.name, rowOf.size());
                sorted.add(range);
            }
        }
        sorted.sort(Comparator.comparingLong(Range::first)
                .thenComparing(Comparator.comparingLong(Range::last).reversed()));
        Pieces pieces = new Pieces(rowOf);
        sorted.forEach(pieces::add);
        pieces.close(Long.MAX_VALUE);
        return pieces.map();
    }

    /** Cuts ranges that may overlap into pieces that do not. */
    private static final class Pieces {
        private record Piece(long first, long last, int row) {}

        private final Map<String, Integer> rowOf;
        private final List<Piece> pieces = new ArrayList<>();
        private final Deque<Range> open = new ArrayDeque<>();
        /** Everything below is cut already. */
        private long done;

        Pieces(Map<String, Integer> rowOf) {
            this.rowOf = rowOf;
        }

        void add(Range range) {
            close(range.first());
            if (!open.isEmpty()) {
                cut(open.peek(), range.first() - 1);
            }
            done = range.first();
            open.push(range);
        }

        /** Cuts the rest of all open ranges that end before an address. */
        void close(long before) {
            while (!open.isEmpty() && open.peek().last() < before) {
                Range range = open.pop();
                cut(range, range.last());
            }
        }

        private void cut(Range range, long last) {
            long first = Math.max(done, range.first());
            if (first <= last) {
                pieces.add(new Piece(first, last, rowOf.get(range.name)));
                done = last + 1;
            }
        }

        AddressMap map() {
            return new AddressMap(
                    pieces.stream().mapToLong(Piece::first).toArray(),
                    pieces.stream().mapToLong(Piece::last).toArray(),
                    pieces.stream().mapToInt(Piece::row).toArray(),
                    List.copyOf(rowOf.keySet()));
        }
    }

    /** The names of the rows, by number, in the order in which they were first given. */
    public List<String> names() {
        return names;
    }

    /** The row of a linear address, or {@link #NO_ROW}. */
    public int row(int linear) {
        long key = Integer.toUnsignedLong(linear);
        int at = Arrays.binarySearch(firsts, key);
        if (at < 0) {
            at = -at - 2;
        }
        return at >= 0 && key <= lasts[at] ? rows[at] : NO_ROW;
    }
}
