package org.orrery.debugger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Lines of cells in columns as wide as their widest cell: numbers to the right, with their heading, all else to the left. */
public final class TextTable {
    private static final String GAP = "   ";
    private static final Pattern NUMBER = Pattern.compile("-|[-+]?[0-9][0-9,.]*( %)?");

    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a line of cells; lines may differ in length. */
    public TextTable row(List<String> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    /** Adds a line of cells. */
    public TextTable row(Object... cells) {
        return row(Arrays.stream(cells).map(String::valueOf).toList());
    }

    /** The lines, without trailing blanks. The first one is the heading. */
    public List<String> lines() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        boolean[] numbers = new boolean[columns];
        for (int i = 0; i < columns; i++) {
            int column = i;
            widths[i] = cells(column, 0).mapToInt(String::length).max().orElse(0);
            numbers[i] = cells(column, 1).allMatch(cell -> NUMBER.matcher(cell).matches());
        }
        return rows.stream().map(row -> line(row, widths, numbers)).toList();
    }

    private Stream<String> cells(int column, int firstRow) {
        return rows.stream().skip(firstRow).filter(row -> row.size() > column).map(row -> row.get(column));
    }

    private static String line(List<String> row, int[] widths, boolean[] numbers) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String blanks = " ".repeat(widths[i] - row.get(i).length());
            line.append(i == 0 ? "" : GAP).append(numbers[i] ? blanks + row.get(i) : row.get(i) + blanks);
        }
        return line.toString().stripTrailing();
    }
}
