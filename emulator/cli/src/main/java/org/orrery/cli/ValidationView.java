package org.orrery.cli;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.orrery.cli.validate.Check;
import org.orrery.cli.validate.ClockReport.Counts;
import org.orrery.cli.validate.Validation;
import org.orrery.debugger.TextTable;
import org.orrery.debugger.console.Output;

/** Our figures beside published ones, for people, in 80 columns. */
final class ValidationView {
    private static final int NAME_WIDTH = 28;
    private static final int INDENT = 4;
    private static final Map<String, String> TITLES = Map.of(
            "clocks", "Intel's clock table: cache warm, operands aligned, decoding hidden",
            "loops", "loops timed on real machines: clocks a group",
            "ipc", "the least cost of IPC, Liedtke 1993 on a 486DX-50");
    private static final Map<String, String> MODES =
            Map.of("real", "r", "v86", "v", "v86-iopl0", "v0", "protected", "p", "paged", "p", "user", "u");

    private final Validation validation;
    private final boolean differences;
    private final Output out;

    /** @param differences whether to leave out what is equal */
    ValidationView(Validation validation, boolean differences, Output out) {
        this.validation = validation;
        this.differences = differences;
        this.out = out;
    }

    void print() {
        out.line("%s", "modes: r real, v virtual 8086 (v0 with IOPL 0), p protected level 0, u level 3");
        for (String section : validation.sections()) {
            List<Check> checks = validation.checks().stream()
                    .filter(check -> check.section().equals(section))
                    .filter(check -> !differences || !check.exact())
                    .toList();
            out.line("%s", "");
            out.line("%s", out.strong(section + ": " + TITLES.get(section)));
            table(checks);
            notes("need not be equal, and why", checks, check -> !check.asserted() && check.predicted() != null);
            notes(
                    "remarks",
                    checks,
                    check -> check.asserted() && check.disagreement().isEmpty());
            notes(
                    "sources disagree: what is followed, and why",
                    checks,
                    check -> !check.disagreement().isEmpty());
        }
        if (validation.clocks() != null) {
            counts(validation.clocks());
        }
        verdict();
    }

    private void table(List<Check> checks) {
        TextTable table = new TextTable().row("case", "source", "mode", "ours", "published", "residual");
        for (Check check : checks) {
            String mark = check.holds() ? "" : "  DIFFERS";
            table.row(
                    cut(check.name()),
                    sources(check.source()),
                    modes(check.mode()),
                    number(check.predicted()),
                    number(check.published()),
                    number(check.residual()) + mark);
        }
        List<String> lines = table.lines();
        out.line("%s", out.strong(lines.get(0)));
        for (String line : lines.subList(1, lines.size())) {
            out.line("%s", line.endsWith("DIFFERS") ? out.error(line) : line);
        }
    }

    /** Remarks on cases, those with the same remark together. */
    private void notes(String title, List<Check> checks, Predicate<Check> which) {
        Map<String, Set<String>> cases = new LinkedHashMap<>();
        for (Check check : checks) {
            if (which.test(check) && !check.note().isEmpty()) {
                String theirs = check.disagreement().isEmpty() ? "" : " (" + check.disagreement() + ")";
                cases.computeIfAbsent(check.note(), note -> new LinkedHashSet<>())
                        .add(check.name() + theirs);
            }
        }
        if (!cases.isEmpty()) {
            out.line("%s", "");
            out.line("%s", out.strong(title));
        }
        cases.forEach((note, names) -> {
            Wrap.words("  ", note + ":", INDENT).forEach(line -> out.line("%s", line));
            names.forEach(name -> Wrap.words("    ", name, 2 * INDENT).forEach(line -> out.line("%s", line)));
        });
    }

    private void counts(Counts counts) {
        out.line("%s", "");
        out.line("%,d rows of the clock table (the sources of %,d disagree):", counts.rows(), counts.disagreeing());
        out.line(
                "  %,d exact, %,d by formula or range, %,d untestable, %,d differ, %,d unaccounted for",
                counts.exact(),
                counts.byFormula(),
                counts.untestable().size(),
                counts.differing().size(),
                counts.unaccounted().size());
        counts.untestable()
                .forEach((name, reason) -> Wrap.words("  untestable: " + name + ": ", reason, INDENT)
                        .forEach(line -> out.line("%s", line)));
        counts.unaccounted().forEach(name -> out.line("%s", out.error("  unaccounted for: " + name)));
    }

    private void verdict() {
        long asserted = validation.checks().stream().filter(Check::asserted).count();
        long equal = validation.checks().stream()
                .filter(c -> c.asserted() && c.exact())
                .count();
        out.line(
                "%s",
                String.format(
                        Locale.ROOT,
                        "%,d of %,d figures that must be equal are; %,d more are printed for comparison",
                        equal,
                        asserted,
                        validation.checks().size() - asserted));
    }

    private static String cut(String text) {
        return text.length() <= NAME_WIDTH ? text : text.substring(0, NAME_WIDTH - 3) + "...";
    }

    /** The first source and how many more. */
    private static String sources(String keys) {
        String[] all = keys.split(";");
        return all.length == 1 ? all[0] : all[0] + " +" + (all.length - 1);
    }

    private static String modes(String labels) {
        StringBuilder text = new StringBuilder();
        for (String label : labels.split(" ")) {
            text.append(text.length() == 0 ? "" : " ").append(MODES.getOrDefault(label, label));
        }
        return text.toString();
    }

    private static String number(Double value) {
        if (value == null) {
            return "-";
        }
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,d", value.longValue())
                : String.format(Locale.ROOT, "%,.2f", value);
    }
}
