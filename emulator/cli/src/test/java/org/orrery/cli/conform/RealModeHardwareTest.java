package org.orrery.cli.conform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RealModeHardwareTest {
    private static final Path CAPTURES = Path.of(System.getProperty("orrery.shared"), "conformance/real-mode-hardware");

    @Test
    void all_captures_hold_and_every_rule_is_needed() throws IOException {
        assumeTrue(Files.isDirectory(CAPTURES), () -> "no captures at " + CAPTURES);
        Report report = new Conformance().run(CAPTURES);
        assertThat(report.failures()).isEmpty();
        assertThat(report.captures()).isEqualTo(39_000);
        assertThat(report.rules())
                .allSatisfy(rule -> assertThat(rule.captures()).isPositive());
    }
}
