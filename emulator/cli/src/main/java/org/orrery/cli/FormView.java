package org.orrery.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.orrery.cli.validate.ClockRow;
import org.orrery.cli.validate.ClockSources;
import org.orrery.isa.Clock;
import org.orrery.isa.Form;
import org.orrery.isa.Operand;

/**
 * A row of the instruction table for people and for JSON.
 *
 * @param clocks CPU clocks by the name of their condition
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record FormView(
        String mnemonic,
        List<String> operands,
        String encoding,
        Map<String, Integer> clocks,
        List<String> flagsRead,
        List<String> flagsWritten,
        List<String> flagsUndefined,
        List<String> faults,
        List<String> notes,
        List<Source> sources) {

    /**
     * A published row that speaks of this one.
     *
     * @param row its mnemonic and operands
     * @param clocks as published
     * @param keys of its sources
     * @param confidence {@code found}, or what is to be said against it
     * @param disagreement what other sources have, or empty
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Source(String row, String clocks, List<String> keys, String confidence, String disagreement) {
        static Source of(ClockRow row) {
            return new Source(row.name(), row.clocks(), ClockSources.keys(row), row.status(), row.disagreement());
        }

        String text() {
            String others = disagreement.isEmpty() ? "" : "; others: " + disagreement;
            return row + ": " + clocks + " (" + String.join(" ", keys) + ", " + confidence + others + ")";
        }
    }

    private static final int INDENT = 17;

    /** The condition of a figure that holds always. */
    private static final String ANY = "always";

    /** Names of the bits of EFLAGS, from bit 0. */
    private static final String[] FLAGS = {
        "CF", "", "PF", "", "AF", "", "ZF", "SF", "TF", "IF", "DF", "OF", "IOPL", "IOPL", "NT", "", "RF", "VM", "AC"
    };

    static FormView of(Form form, ClockSources published) {
        return new FormView(
                form.mnemonic(),
                form.operands().stream().map(Operand::notation).toList(),
                form.encoding(),
                clocks(form),
                flags(form.flagsRead()),
                flags(form.flagsWritten()),
                flags(form.flagsUndefined()),
                form.faults(),
                form.notes(),
                published.rows(form).stream().map(Source::of).toList());
    }

    private static Map<String, Integer> clocks(Form form) {
        Map<String, Integer> clocks = new LinkedHashMap<>();
        for (Clock condition : Clock.values()) {
            if (form.clocks(condition) >= 0) {
                clocks.put(words(condition, form), form.clocks(condition));
            }
        }
        return clocks;
    }

    private static List<String> flags(int mask) {
        List<String> names = new ArrayList<>();
        for (int bit = 0; bit < FLAGS.length; bit++) {
            if ((mask >> bit & 1) != 0 && !names.contains(FLAGS[bit])) {
                names.add(FLAGS[bit]);
            }
        }
        return names;
    }

    /** The row as a head line and a line for each column that says something. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%-28s %s%n", mnemonic + " " + String.join(", ", operands), encoding));
        line(
                text,
                "clocks",
                clocks.entrySet().stream()
                        .map(e -> e.getKey().equals(ANY) ? "" + e.getValue() : e.getValue() + " " + e.getKey())
                        .toList());
        line(text, "reads", flagsRead);
        line(text, "writes", flagsWritten);
        line(text, "undefined", flagsUndefined);
        line(text, "faults", faults);
        line(text, "notes", notes);
        if (sources.isEmpty()) {
            line(text, "published", List.of("nowhere: inferred from other rows"));
        }
        for (int i = 0; i < sources.size(); i++) {
            String heading = String.format(Locale.ROOT, "    %-10s ", i == 0 ? "published" : "");
            Wrap.words(heading, sources.get(i).text(), INDENT)
                    .forEach(line -> text.append(line).append(System.lineSeparator()));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, List<String> values) {
        if (!values.isEmpty()) {
            text.append(String.format(Locale.ROOT, "    %-10s %s%n", name, String.join(", ", values)));
        }
    }

    private static String words(Clock condition, Form form) {
        return switch (condition) {
            case R -> hasMemoryTwin(form) ? "register" : ANY;
            case M -> "memory";
            case PER_PARAM -> "per parameter";
            case PER_ITERATION -> "per iteration";
            case REP -> "rep set-up";
            case V86, TSS -> condition.name();
            default ->
                condition.name().toLowerCase(Locale.ROOT).replace('_', ' ').replace("v86", "V86");
        };
    }

    /** Whether an operand is a register or memory, as the instruction's ModR/M byte says. */
    private static boolean hasMemoryTwin(Form form) {
        return form.operands().stream().anyMatch(o -> o.place() == Operand.Place.RM);
    }
}
