package org.orrery.cli.validate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.orrery.cli.time.Mode;

/** A guest for every row of Intel's clock table, in each mode that the row names. */
final class ClockChecks {
    static final String SECTION = "clocks";

    private static final String INTEL = "S1";
    private static final String FOLLOWS_INTEL =
            "Intel's own table is followed; the others are tables of emulators or copies";
    private static final String FOLLOWS_MOST = "what most sources have is followed";

    private static final Map<Mode, Integer> INTERRUPT =
            Map.of(Mode.REAL, 26, Mode.V86, 82, Mode.V86_IOPL0, 82, Mode.PROTECTED, 44, Mode.PAGED, 44, Mode.USER, 71);
    private static final Map<String, Integer> TASK_SWITCH = Map.of("TS386", 162, "TS286", 143, "TSVM", 140);

    private final Map<String, ClockRow> rows = new LinkedHashMap<>();
    private final Map<String, List<Check>> checks = new HashMap<>();

    ClockChecks() {
        ClockRow.read().forEach(row -> rows.put(row.name(), row));
    }

    /** Measures all cases; their checks are in the order of the rows. */
    ClockReport run() {
        for (ClockCase guest : ClockCase.read()) {
            ClockRow row = rows.get(guest.row());
            if (row == null) {
                throw new IllegalStateException("no row '" + guest.row() + "' in the published clocks");
            }
            merge(checks.computeIfAbsent(row.name(), name -> new ArrayList<>()), check(row, guest));
        }
        List<Check> all = new ArrayList<>();
        rows.keySet().forEach(name -> all.addAll(checks.getOrDefault(name, List.of())));
        return ClockReport.of(List.copyOf(rows.values()), all);
    }

    /** Modes that take the same share a line. */
    private static void merge(List<Check> checks, Check next) {
        for (int i = 0; i < checks.size(); i++) {
            Check c = checks.get(i);
            boolean same = c.predicted() != null
                    && c.predicted().equals(next.predicted())
                    && c.published().equals(next.published())
                    && c.formula().equals(next.formula());
            if (same) {
                String modes = c.mode().contains(next.mode()) ? c.mode() : c.mode() + " " + next.mode();
                checks.set(i, with(c, modes));
                return;
            }
        }
        checks.add(next);
    }

    private static Check with(Check c, String modes) {
        return new Check(
                c.section(),
                c.name(),
                c.source(),
                c.confidence(),
                modes,
                c.predicted(),
                c.published(),
                c.formula(),
                c.asserted(),
                c.note(),
                c.disagreement());
    }

    private Check check(ClockRow row, ClockCase guest) {
        boolean tested = !guest.untestable();
        String note = guest.why();
        if (note.isEmpty() && !row.disagreement().isEmpty()) {
            note = List.of(row.source().split(";")).contains(INTEL) ? FOLLOWS_INTEL : FOLLOWS_MOST;
        }
        return new Check(
                SECTION,
                row.name(),
                row.source(),
                row.status(),
                tested ? guest.mode().label() : "",
                tested ? (double) Bench.measure(guest) : null,
                tested ? (double) published(row, guest) : null,
                row.plain() && guest.clocks().isEmpty() ? "" : formula(row, guest),
                tested,
                note,
                row.disagreement());
    }

    private static String formula(ClockRow row, ClockCase guest) {
        return guest.clocks().isEmpty() || guest.clocks().startsWith("=") ? row.clocks() : guest.clocks();
    }

    private int published(ClockRow row, ClockCase guest) {
        OptionalInt figure = OptionalInt.empty();
        if (guest.clocks().isEmpty()) {
            figure = row.figure(guest.mode());
        } else if (guest.clocks().startsWith("=")) {
            figure = row.figure(guest.clocks().substring(1));
        } else {
            Map<String, Integer> names = new HashMap<>(TASK_SWITCH);
            names.put("INT", INTERRUPT.get(guest.mode()));
            figure = OptionalInt.of(Formula.value(guest.clocks(), names));
        }
        return figure.orElseThrow(() -> new IllegalStateException(
                "the row '" + row.name() + "' has no figure for mode " + guest.mode() + " " + guest.clocks()));
    }
}
