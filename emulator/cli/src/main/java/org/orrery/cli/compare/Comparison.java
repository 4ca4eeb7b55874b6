package org.orrery.cli.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.orrery.cpu.Cause;
import org.orrery.debugger.TextTable;

/**
 * Two costs side by side.
 *
 * @param what was measured
 * @param differences where A and B differ, the greatest first
 */
public record Comparison(String what, Cost a, Cost b, List<Difference> differences) {
    /** Longer lists are for JSON. */
    private static final int DIFFERENCES_SHOWN = 20;

    /**
     * A phase and a cause whose cycles differ.
     *
     * @param cycles of B less those of A
     */
    public record Difference(String phase, String cause, long cycles) {}

    /** Compares. */
    public static Comparison of(String what, Cost a, Cost b) {
        List<Difference> differences = new ArrayList<>();
        for (String phase : phases(a, b)) {
            for (Cause cause : Cause.values()) {
                long cycles = b.of(phase, cause.label()) - a.of(phase, cause.label());
                if (cycles != 0) {
                    differences.add(new Difference(phase, cause.label(), cycles));
                }
            }
        }
        differences.sort(Comparator.comparingLong(d -> -Math.abs(d.cycles)));
        return new Comparison(what, a, b, differences);
    }

    private static Set<String> phases(Cost a, Cost b) {
        Set<String> phases = new LinkedHashSet<>(a.phases().keySet());
        phases.addAll(b.phases().keySet());
        return phases;
    }

    /** For people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(List.of("A: " + a.name(), "B: " + b.name(), what, ""));
        lines.addAll(byPhase().lines());
        lines.add("");
        lines.addAll(byCause().lines());
        lines.add("");
        lines.addAll(differenceLines());
        return lines;
    }

    private TextTable byPhase() {
        TextTable table = new TextTable().row("cycles by phase", "A", "B", "B - A");
        phases(a, b).forEach(phase -> row(table, phase, cost -> cost.ofPhase(phase)));
        row(table, "total", Cost::cycles);
        row(table, "instructions", Cost::instructions);
        double change = 100 * (b.micros() / a.micros() - 1);
        return table.row("microseconds", micros(a), micros(b), String.format(Locale.ROOT, "%+.1f %%", change));
    }

    private TextTable byCause() {
        TextTable table = new TextTable().row("cycles by cause", "A", "B", "B - A");
        for (Cause cause : Cause.values()) {
            if (a.ofCause(cause.label()) != 0 || b.ofCause(cause.label()) != 0) {
                row(table, cause.label(), cost -> cost.ofCause(cause.label()));
            }
        }
        return table;
    }

    private void row(TextTable table, String name, ToLongFunction<Cost> value) {
        long ofA = value.applyAsLong(a);
        long ofB = value.applyAsLong(b);
        table.row(name, number(ofA), number(ofB), signed(ofB - ofA));
    }

    private List<String> differenceLines() {
        if (differences.isEmpty()) {
            return List.of("no phase and no cause differs");
        }
        TextTable table = new TextTable().row("the greatest differences", "", "B - A");
        differences.stream().limit(DIFFERENCES_SHOWN).forEach(d -> table.row(d.phase, d.cause, signed(d.cycles)));
        return table.lines();
    }

    private static String micros(Cost cost) {
        return String.format(Locale.ROOT, "%,.2f", cost.micros());
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String signed(long value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, "%+,d", value);
    }
}
