package org.orrery.cli.paper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The published figures, in the order of the paper's tables. */
final class Published {
    private static final String FILE = "l93.csv";
    private static final int COLUMNS = 4;

    /** A figure as printed. */
    record Figure(String table, String row, String unit, double value) {
        /** The message's size, which is the row's last or only number. */
        int bytes() {
            return Integer.parseInt(row.replaceAll("[^0-9]", ""));
        }
    }

    private final List<Figure> figures;

    private Published(List<Figure> figures) {
        this.figures = figures;
    }

    static Published l93() {
        try (InputStream in = Published.class.getResourceAsStream(FILE)) {
            return new Published(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Published::figure)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
    }

    private static Figure figure(String line) {
        String[] cells = line.split(",", COLUMNS);
        return new Figure(cells[0], cells[1], cells[2], Double.parseDouble(cells[COLUMNS - 1]));
    }

    /** The figures of a table. */
    List<Figure> of(String table) {
        return figures.stream().filter(f -> f.table.equals(table)).toList();
    }
}
