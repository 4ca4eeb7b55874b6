package org.orrery.cli.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.orrery.cli.time.Mode;

/**
 * A row of the published clocks: a line of the resource {@code i486-clocks.csv}.
 *
 * @param clocks as published: a number, several with the condition of each, a range or a formula
 * @param modes figures by mode, or other remarks on modes
 * @param disagreement what other sources have
 * @param source keys, separated by semicolons
 * @param status {@code found}, or what is to be said against the figure
 */
public record ClockRow(
        String mnemonic,
        String operands,
        String opcode,
        String clocks,
        String modes,
        String notes,
        String disagreement,
        String source,
        String status) {
    private static final String RESOURCE = "i486-clocks.csv";
    private static final Pattern FIELD = Pattern.compile("(?:\"((?:[^\"]|\"\")*)\"|([^,]*))(?:,|$)");
    private static final Pattern TYPICAL = Pattern.compile("typical ([\\d.]+);");
    private static final Pattern RANGE = Pattern.compile("(\\d+)-\\d+");
    private static final int COLUMNS = 11;

    /** All rows. */
    public static List<ClockRow> read() {
        return Resources.lines(RESOURCE).skip(1).map(ClockRow::parse).toList();
    }

    private static ClockRow parse(String line) {
        List<String> f = new ArrayList<>();
        Matcher matcher = FIELD.matcher(line);
        while (f.size() < COLUMNS && matcher.find()) {
            f.add(matcher.group(1) != null ? matcher.group(1).replace("\"\"", "\"") : matcher.group(2));
        }
        return new ClockRow(f.get(0), f.get(1), f.get(2), f.get(3), f.get(4), f.get(7), f.get(8), f.get(9), f.get(10));
    }

    /** Mnemonic and operands. */
    public String name() {
        return mnemonic + (operands.equals("-") ? "" : " " + operands);
    }

    /** Whether it gives plain figures, and no range or formula. */
    boolean plain() {
        return !clocks.matches(".*(\\d-\\d|[+][A-Za-z0-9]|INT|TS).*");
    }

    /** The figure for a mode: the only one, the typical one, or the least of a range; empty if there is none of these. */
    OptionalInt figure(Mode mode) {
        for (String key : keys(mode)) {
            Matcher matcher = Pattern.compile("(?:^|; )" + Pattern.quote(key) + "=(\\d+)(?:;|$)")
                    .matcher(modes);
            if (matcher.find()) {
                return OptionalInt.of(Integer.parseInt(matcher.group(1)));
            }
        }
        if (clocks.matches("\\d+")) {
            return OptionalInt.of(Integer.parseInt(clocks));
        }
        Matcher typical = TYPICAL.matcher(notes);
        if (typical.find()) {
            return OptionalInt.of((int) Math.round(Double.parseDouble(typical.group(1))));
        }
        Matcher range = RANGE.matcher(clocks);
        return range.matches() ? OptionalInt.of(Integer.parseInt(range.group(1))) : OptionalInt.empty();
    }

    /** The figure that stands before a word. */
    OptionalInt figure(String word) {
        Matcher matcher = Pattern.compile("(\\d+) " + Pattern.quote(word)).matcher(clocks);
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    private static List<String> keys(Mode mode) {
        return switch (mode) {
            case REAL -> List.of("real", "rv");
            case V86, V86_IOPL0 -> List.of("v86", "rv");
            case PROTECTED, PAGED -> List.of("p(CPL<=IOPL)", "p");
            case USER -> List.of("p(CPL>IOPL)", "p");
        };
    }
}
