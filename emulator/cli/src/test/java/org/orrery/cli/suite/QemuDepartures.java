package org.orrery.cli.suite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How lines of checks begin that QEMU rightly fails. */
record QemuDepartures(List<String> rules) {
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

    private static String rule(String line) {
        String[] columns = line.split("\\|");
        if (columns.length != 3 || columns[2].isBlank()) {
            throw new IllegalArgumentException("qemu.departures: group, check and reason expected: " + line);
        }
        return "FAIL " + columns[0].trim() + ": " + columns[1].trim() + ": ";
    }

    boolean excuse(String failure) {
        return rules.stream().anyMatch(failure::startsWith);
    }
}
