package org.orrery.isa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Compares the clocks of the table with the published ones, in both directions. */
class ClocksTest {
    private final InstructionSet table = InstructionSet.i486();
    private final List<String> differences = new ArrayList<>();
    private final Map<Form, Set<Clock>> confirmed = new HashMap<>();
    private List<PublishedClocks> published;

    @BeforeEach
    void readPublishedClocks() throws IOException {
        String shared = System.getProperty("orrery.shared");
        assumeTrue(shared != null, "orrery.shared is not set");
        Path csv = Path.of(shared, "reference", "i486-clocks.csv");
        assumeTrue(Files.exists(csv), csv + " is missing");
        published = Files.readAllLines(csv).stream()
                .skip(1)
                .map(PublishedClocks::parse)
                .toList();
    }

    @Test
    void everyPublishedFigureStandsInTheTableAndEveryFigureThereIsPublished() throws IOException {
        List<String> excused = excused();
        for (PublishedClocks line : published) {
            if (excused.stream().noneMatch(line.mnemonic()::startsWith)) {
                confirm(line);
            }
        }
        table.forms().forEach(this::checkAllConfirmed);
        assertThat(differences).isEmpty();
    }

    private static List<String> excused() throws IOException {
        try (var in = ClocksTest.class.getResourceAsStream("clocks-without-row.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.substring(0, line.indexOf(" |")))
                    .toList();
        }
    }

    private void confirm(PublishedClocks line) {
        List<Form> forms = line.forms(table);
        if (forms.isEmpty()) {
            differences.add(line + " has no row");
        }
        for (Form form : forms) {
            line.expected().forEach((clock, value) -> confirm(line, form, clock, value));
            int[] range = line.range();
            if (range != null) {
                Clock low = line.isMemory() ? Clock.M : Clock.R;
                int shift = form.clocks(Clock.R) < 0 ? 0 : form.clocks(low) - form.clocks(Clock.R);
                confirm(line, form, low, range[0]);
                confirm(line, form, Clock.LEAST, range[0] - shift);
                confirm(line, form, Clock.MOST, range[1] - shift);
            }
        }
    }

    private void confirm(PublishedClocks line, Form form, Clock clock, int value) {
        confirmed.computeIfAbsent(form, key -> new HashSet<>()).add(clock);
        if (form.clocks(clock) != value) {
            differences.add(line + ": " + clock.key() + " " + value + " expected, " + form.encoding() + " "
                    + form.mnemonic() + " has " + form.clocks(clock));
        }
    }

    private void checkAllConfirmed(Form form) {
        if (form.has("inferred") || form.has("undocumented") && repeatsAnother(form)) {
            return;
        }
        Set<Clock> known = confirmed.getOrDefault(form, Set.of());
        for (Clock clock : Clock.values()) {
            if (form.clocks(clock) >= 0 && !known.contains(clock)) {
                differences.add(form.encoding() + " " + form.mnemonic() + ": " + clock.key() + " is not published");
            }
        }
    }

    private boolean repeatsAnother(Form form) {
        return table.forms(form.mnemonic()).stream()
                .anyMatch(other -> !other.has("undocumented")
                        && other.operands().equals(form.operands())
                        && Arrays.equals(other.clocks(), form.clocks()));
    }
}
