package org.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the paper's tables come out as, here and now. */
class PaperCommandTest {
    private static final Path BASELINE = Path.of("src/test/resources/org/orrery/cli/paper.json");

    private static String json;

    @BeforeAll
    static void measure() {
        Result result = Result.of("paper", "--json");
        assertThat(result.status()).isZero();
        json = result.out();
    }

    private static JsonNode row(String table, String row, String unit) throws IOException {
        return StreamSupport.stream(new ObjectMapper().readTree(json).spliterator(), false)
                .filter(r -> r.get("table").asText().equals(table))
                .filter(r -> r.get("row").asText().equals(row))
                .filter(r -> r.get("unit").asText().equals(unit))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void no_cycle_has_changed_unannounced() throws IOException {
        assertThat(json)
                .as("if this is meant to be, renew it: orrery paper --json > emulator/cli/" + BASELINE)
                .isEqualTo(Files.readString(BASELINE));
    }

    @Test
    void a_short_message_is_faster_than_the_papers() throws IOException {
        JsonNode cycles = row("L93.7", "8", "cycles");
        JsonNode micros = row("L93.7", "8", "µs");
        assertThat(cycles.get("published").asDouble()).isEqualTo(260);
        assertThat(cycles.get("measured").asDouble()).isBetween(172.0, 200.0);
        assertThat(micros.get("measured").asDouble())
                .isCloseTo(cycles.get("measured").asDouble() / 50, within(0.01));
        assertThat(micros.get("residual").asDouble())
                .isCloseTo(micros.get("measured").asDouble() - 5.2, within(0.01));
    }

    @Test
    void causes_add_up_to_the_cycles() throws IOException {
        JsonNode row = row("L93.7", "512", "cycles");
        double sum = StreamSupport.stream(row.get("causes").spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .sum();
        assertThat(sum).isCloseTo(row.get("measured").asDouble(), within(0.1));
    }
}
