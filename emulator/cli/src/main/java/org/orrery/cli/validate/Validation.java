package org.orrery.cli.validate;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;

/**
 * All that is compared with published figures.
 *
 * @param sections the sections that were run
 * @param clocks how the rows of the clock table came out, or null if that section was not run
 */
public record Validation(List<String> sections, List<Check> checks, ClockReport.Counts clocks) {
    /** The names of all sections, in their order. */
    public static final List<String> SECTIONS = List.of(ClockChecks.SECTION, LoopChecks.SECTION, IpcChecks.SECTION);

    /** Runs the guests of some sections. */
    public static Validation run(List<String> sections) {
        List<Check> checks = new ArrayList<>();
        ClockReport.Counts counts = null;
        for (String section : sections) {
            switch (section) {
                case ClockChecks.SECTION -> {
                    ClockReport report = new ClockChecks().run();
                    checks.addAll(report.checks());
                    counts = report.counts();
                }
                case LoopChecks.SECTION -> checks.addAll(LoopChecks.run());
                case IpcChecks.SECTION -> checks.addAll(IpcChecks.run());
                default -> throw new IllegalArgumentException(section);
            }
        }
        return new Validation(sections, checks, counts);
    }

    /** Whether every asserted case holds, and no row of the clock table was forgotten. */
    @JsonProperty
    public boolean holds() {
        return checks.stream().allMatch(Check::holds)
                && (clocks == null || clocks.unaccounted().isEmpty());
    }
}
