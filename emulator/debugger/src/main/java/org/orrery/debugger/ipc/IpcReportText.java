package org.orrery.debugger.ipc;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.orrery.cpu.Cause;
import org.orrery.debugger.TextTable;

/** An {@link IpcReport} as lines for people. */
public final class IpcReportText {
    private static final String NONE = "-";

    private final IpcReport report;
    private final double megahertz;
    private final List<IpcSample> samples;

    private IpcReportText(IpcReport report, long clockHz) {
        this.report = report;
        megahertz = clockHz / 1e6;
        samples = report.directions().stream().map(IpcReport.Direction::typical).toList();
    }

    /**
     * The report as lines.
     *
     * @param clockHz the CPU's clock, for microseconds
     */
    public static List<String> lines(IpcReport report, long clockHz) {
        IpcReportText text = new IpcReportText(report, clockHz);
        List<String> lines = new ArrayList<>(text.summary());
        lines.add("");
        lines.addAll(text.phases());
        lines.add("");
        lines.addAll(text.causes());
        return lines;
    }

    private List<String> summary() {
        IpcStatistics all = report.all();
        String pair = report.first().sender() + " and " + report.first().receiver();
        return List.of(
                String.format(
                        Locale.ROOT,
                        "one IPC: %.1f cycles = %.2f µs at %s MHz (mean of %,d between %s, after %,d to warm up)",
                        all.mean(),
                        all.mean() / megahertz,
                        megahertzText(),
                        all.count(),
                        pair,
                        report.warmUp()),
                String.format(
                        "shortest %,d, longest %,d; the first one, with a cold cache, %,d cycles",
                        all.min(), all.max(), report.first().cycles()),
                String.format(
                        "Liedtke 1993 on a 486 at 50 MHz: %d bound, %d achieved, %d measured",
                        report.boundCycles(), report.achievedCycles(), report.measuredCycles()));
    }

    private String megahertzText() {
        return megahertz == Math.rint(megahertz)
                ? String.valueOf((long) megahertz)
                : String.format(Locale.ROOT, "%.2f", megahertz);
    }

    private List<String> phases() {
        TextTable table = heading("cycles by phase", "paper");
        Set<String> names = new LinkedHashSet<>();
        samples.forEach(s -> s.phases().forEach(p -> names.add(p.phase())));
        for (String name : names) {
            String ideal =
                    PaperIpc.action(name).map(a -> String.valueOf(a.clocks())).orElse(NONE);
            table.row(row(name, s -> phase(s, name), ideal));
        }
        for (PaperIpc.Action action : PaperIpc.actions()) {
            if (!names.contains(action.phase())) {
                table.row(row(action.phase(), s -> NONE, String.valueOf(action.clocks())));
            }
        }
        table.row(row("total", s -> String.valueOf(s.cycles()), String.valueOf(report.boundCycles())));
        table.row(row("instructions", s -> String.valueOf(s.instructions()), "20"));
        return table.lines();
    }

    private static String phase(IpcSample sample, String name) {
        return sample.phases().stream()
                .filter(p -> p.phase().equals(name))
                .map(p -> String.valueOf(p.cycles()))
                .findFirst()
                .orElse(NONE);
    }

    private List<String> causes() {
        TextTable table = heading("cycles by cause", "paper");
        for (Cause cause : Cause.values()) {
            if (samples.stream().anyMatch(s -> cause(s, cause) != 0)) {
                table.row(row(cause.label(), s -> String.valueOf(cause(s, cause)), paper(cause)));
            }
        }
        table.row(row("TLB misses", s -> String.valueOf(s.tlbMisses().size()), "5"));
        table.row(row("cache misses", s -> String.valueOf(s.cacheMisses().size()), "0"));
        return table.lines();
    }

    private static String paper(Cause cause) {
        int misses =
                PaperIpc.actions().stream().mapToInt(PaperIpc.Action::tlbMisses).sum();
        return switch (cause) {
            case EXECUTE -> String.valueOf(PaperIpc.BOUND - misses * PaperIpc.TLB_MISS);
            case TLB_WALK -> String.valueOf(misses * PaperIpc.TLB_MISS);
            default -> NONE;
        };
    }

    private static long cause(IpcSample sample, Cause cause) {
        return sample.phases().stream()
                .mapToLong(p -> p.causes().getOrDefault(cause.label(), 0L))
                .sum();
    }

    private TextTable heading(String first, String last) {
        return new TextTable().row(row(first, s -> s.kind() + " " + s.sender() + " > " + s.receiver(), last));
    }

    private List<String> row(String first, Function<IpcSample, String> each, String last) {
        List<String> cells = new ArrayList<>();
        cells.add(first);
        samples.forEach(s -> cells.add(each.apply(s)));
        cells.add(last);
        return cells;
    }
}
