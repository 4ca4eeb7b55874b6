package org.orrery.cli.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockChecksTest {
    @Test
    void every_row_of_the_table_is_accounted_for_and_comes_out() {
        ClockReport report = new ClockChecks().run();
        ClockReport.Counts counts = report.counts();
        assertThat(counts.unaccounted()).isEmpty();
        assertThat(counts.differing()).isEmpty();
        assertThat(counts.untestable()).containsOnlyKeys("CPUID", "prefix: REP/REPE/REPNE");
        assertThat(counts.untestable().values()).noneMatch(String::isEmpty);
        assertThat(counts.rows())
                .isEqualTo(counts.exact()
                        + counts.byFormula()
                        + counts.untestable().size());
        assertThat(report.checks())
                .filteredOn(check -> !check.disagreement().isEmpty())
                .as("rows whose sources disagree say what is followed")
                .noneMatch(check -> check.note().isEmpty())
                .hasSizeGreaterThanOrEqualTo(counts.disagreeing());
    }

    @Test
    void rows_and_keys_are_the_shared_ones() throws IOException {
        String shared = System.getProperty("orrery.shared");
        assumeTrue(shared != null, "orrery.shared is not set");
        for (String name : List.of("i486-clocks.csv", "sources.md")) {
            Path file = Path.of(shared, "reference", name);
            assumeTrue(Files.exists(file), file + " is missing");
            assertThat(Resources.text(name)).isEqualTo(Files.readString(file));
        }
    }
}
