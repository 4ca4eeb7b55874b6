package org.orrery.cli.validate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The checks of the clock table, and how its rows came out. */
public record ClockReport(List<Check> checks, Counts counts) {
    /**
     * How the rows came out; each is in one of these.
     *
     * @param rows of the table
     * @param exact rows of plain figures that hold in every mode
     * @param byFormula rows of formulas and ranges that hold wherever they were tried
     * @param untestable rows without a guest, by name, with the reason
     * @param differing names of rows that do not hold
     * @param unaccounted names of rows that nothing was said about
     * @param disagreeing rows whose sources disagree, which are among the others
     */
    public record Counts(
            int rows,
            int exact,
            int byFormula,
            Map<String, String> untestable,
            List<String> differing,
            List<String> unaccounted,
            int disagreeing) {}

    static ClockReport of(List<ClockRow> rows, List<Check> checks) {
        Map<String, List<Check>> byRow = checks.stream().collect(Collectors.groupingBy(Check::name));
        Map<String, String> untestable = new TreeMap<>();
        checks.stream().filter(c -> c.predicted() == null).forEach(c -> untestable.put(c.name(), c.note()));
        List<ClockRow> tested = rows.stream()
                .filter(row -> byRow.containsKey(row.name()) && !untestable.containsKey(row.name()))
                .toList();
        List<ClockRow> holding = tested.stream()
                .filter(row -> byRow.get(row.name()).stream().allMatch(Check::holds))
                .toList();
        int exact = (int) holding.stream().filter(ClockRow::plain).count();
        List<String> differing = tested.stream()
                .filter(row -> !holding.contains(row))
                .map(ClockRow::name)
                .toList();
        List<String> unaccounted = rows.stream()
                .map(ClockRow::name)
                .filter(name -> !byRow.containsKey(name))
                .toList();
        int disagreeing =
                (int) rows.stream().filter(row -> !row.disagreement().isEmpty()).count();
        Counts counts =
                new Counts(rows.size(), exact, holding.size() - exact, untestable, differing, unaccounted, disagreeing);
        return new ClockReport(checks, counts);
    }
}
