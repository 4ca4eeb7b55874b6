package org.orrery.cli.suite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** The checks that QEMU rightly fails, by rule. */
record QemuDepartures(List<Pattern> rules) {
    /** Reads {@code qemu.departures}: group, check, reason. */
    static QemuDepartures read() throws IOException {
        try (InputStream in = GuestSuite.class.getResourceAsStream("qemu.departures")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new QemuDepartures(text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(QemuDepartures::rule)
                    .toList());
        }
    }

    private static Pattern rule(String line) {
        String[] columns = line.split("\\|");
        if (columns.length != 3 || columns[2].isBlank()) {
            throw new IllegalArgumentException("qemu.departures: group, check and reason expected: " + line);
        }
        String check = Pattern.quote(columns[1].trim()).replace("*", "\\E.*\\Q");
        return Pattern.compile("FAIL " + Pattern.quote(columns[0].trim()) + ": " + check + ": .*");
    }

    boolean excuse(String failure) {
        return rules.stream().anyMatch(rule -> rule.matcher(failure).matches());
    }
}
