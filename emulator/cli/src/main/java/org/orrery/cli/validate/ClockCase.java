package org.orrery.cli.validate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.orrery.cli.time.Mode;

/**
 * One guest for a row of the published clocks, in one mode: a line of the resource {@code clocks.cases}, whose header defines the columns.
 *
 * @param row name of the row
 * @param mode null if the row cannot be tested
 * @param words what else the column of modes says
 * @param clocks what is expected, empty for the row's figure for the mode
 * @param why what is to be said, or empty
 */
record ClockCase(
        String row, Mode mode, Set<String> words, String before, String instruction, String clocks, String why) {
    private static final String RESOURCE = "clocks.cases";
    private static final int COLUMNS = 7;
    private static final Set<String> WORDS =
            Set.of("bare", "own", "outer", "x87", "intr", "nmi", "halt", "task", "untestable");
    private static final Map<String, List<Mode>> ALL = Map.of("*", List.of(Mode.REAL, Mode.V86, Mode.PAGED));

    static List<ClockCase> read() {
        String[] lines = Resources.text(RESOURCE).split("\n");
        List<ClockCase> cases = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].isBlank() && !lines[i].startsWith("#")) {
                try {
                    parse(lines[i]).forEach(cases::add);
                } catch (IllegalArgumentException e) {
                    throw new IllegalStateException(RESOURCE + ":" + (i + 1) + ": " + e.getMessage(), e);
                }
            }
        }
        return cases;
    }

    private static Stream<ClockCase> parse(String line) {
        List<String> columns =
                Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        if (columns.size() != COLUMNS) {
            throw new IllegalArgumentException(COLUMNS + " columns expected, found " + columns.size());
        }
        List<Mode> modes = new ArrayList<>();
        Set<String> words = new TreeSet<>();
        for (String word : columns.get(2).split(" ")) {
            if (WORDS.contains(word)) {
                words.add(word);
            } else {
                modes.addAll(ALL.getOrDefault(word, List.of()));
                Arrays.stream(Mode.values()).filter(m -> m.label().equals(word)).forEach(modes::add);
            }
        }
        if (words.contains("untestable")) {
            modes.add(null);
        }
        return Arrays.stream(columns.get(0).split(", "))
                .flatMap(mnemonic -> modes.stream().map(mode -> of(mnemonic, mode, words, columns)));
    }

    private static ClockCase of(String mnemonic, Mode mode, Set<String> words, List<String> columns) {
        String name = mnemonic.toLowerCase(Locale.ROOT);
        String operands = columns.get(1);
        return new ClockCase(
                mnemonic + (operands.equals("-") ? "" : " " + operands),
                mode,
                words,
                columns.get(3).replace("$", name),
                columns.get(4).replace("$", name),
                columns.get(5),
                columns.get(6));
    }

    boolean has(String word) {
        return words.contains(word);
    }

    boolean untestable() {
        return mode == null;
    }
}
