package org.orrery.cli;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.orrery.cli.time.Timed;
import org.orrery.debugger.TextTable;
import org.orrery.debugger.console.Output;

/** What a snippet takes, for people, in 80 columns. */
final class TimeView {
    private static final int SOURCE_WIDTH = 34;
    private static final int INDENT = 6;

    private final Timed timed;
    private final Output out;

    TimeView(Timed timed, Output out) {
        this.timed = timed;
        this.out = out;
    }

    void print() {
        String mode = timed.bits() + "-bit, " + timed.mode() + " mode";
        out.line("%s on %s, %s", out.strong(timed.file()), timed.machine(), mode);
        out.line("%s", measured());
        out.line("%s", "");
        table();
        stalls("warm", timed.instructions().stream().filter(Timed.Line::inLoop).toList(), Timed.Line::warm);
        stalls("cold", timed.instructions(), Timed.Line::cold);
    }

    private String measured() {
        Timed.Cost warm = timed.warm();
        String what = timed.loop() == null
                ? "no loop: the whole snippet, "
                : "the loop at " + out.name(timed.loop().label()) + ", ";
        String range = warm.least() == warm.most()
                ? String.format(Locale.ROOT, "all %,d cycles", warm.least())
                : String.format(
                        Locale.ROOT, "%,d to %,d cycles, mean %s", warm.least(), warm.most(), number(warm.cycles()));
        return what + String.format(Locale.ROOT, "%,d times round when warm, %s", warm.times(), range);
    }

    private void table() {
        TextTable table = new TextTable().row("address", "source", "cold", "warm", "stalls when warm");
        for (Timed.Line line : timed.instructions()) {
            String label = label(line);
            table.row(
                    line.address(),
                    cut(label + line.source()),
                    number(line.cold().cycles()),
                    number(line.warm().cycles()),
                    line.inLoop() ? causes(line.warm()) : "(once)");
        }
        String total = timed.loop() == null ? "total" : "a time round";
        table.row("", total, number(timed.cold().cycles()), number(timed.warm().cycles()));
        List<String> lines = table.lines();
        out.line("%s", out.strong(lines.get(0)));
        lines.stream().skip(1).forEach(text -> out.line("%s", text));
        shares("warm", timed.warm());
        shares("cold", timed.cold());
    }

    private static String label(Timed.Line line) {
        String after = line.label().startsWith("(") ? " " : ": ";
        return line.label().isEmpty() ? "" : line.label() + after;
    }

    private static String cut(String text) {
        return text.length() <= SOURCE_WIDTH ? text : text.substring(0, SOURCE_WIDTH - 3) + "...";
    }

    private static String causes(Timed.Cost cost) {
        return cost.stalls().stream()
                .map(stall -> stall.cause() + " " + number(stall.cycles()))
                .collect(Collectors.joining(", "));
    }

    private void shares(String name, Timed.Cost cost) {
        List<String> shares = cost.causes().entrySet().stream()
                .map(e -> String.format(
                        Locale.ROOT,
                        "%s %s (%.0f %%)",
                        e.getKey(),
                        number(e.getValue()),
                        100 * e.getValue() / cost.cycles()))
                .toList();
        wrapped(name + ": ", shares, ", ");
    }

    private void stalls(String when, List<Timed.Line> lines, Function<Timed.Line, Timed.Cost> cost) {
        List<Timed.Line> stalled = lines.stream()
                .filter(line -> !cost.apply(line).stalls().isEmpty())
                .toList();
        if (!stalled.isEmpty()) {
            out.line("%s", "");
            out.line("%s", out.strong("stalls when " + when));
        }
        for (Timed.Line line : stalled) {
            String where = line.line() > 0 ? "line " + line.line() + ", " : "";
            List<String> parts =
                    cost.apply(line).stalls().stream().map(TimeView::text).toList();
            wrapped("  " + where + cut(line.source()) + ": ", parts, "; ");
        }
    }

    private static String text(Timed.Stall stall) {
        return stall.cause() + " " + number(stall.cycles()) + (stall.why().isEmpty() ? "" : ", " + stall.why());
    }

    private void wrapped(String heading, List<String> parts, String separator) {
        Wrap.parts(heading, parts, separator, INDENT).forEach(line -> out.line("%s", line));
    }

    /** A mean: whole where it is whole. */
    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,d", (long) value)
                : String.format(Locale.ROOT, "%,.2f", value);
    }
}
