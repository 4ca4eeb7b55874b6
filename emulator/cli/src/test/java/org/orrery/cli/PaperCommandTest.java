package org.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the paper's tables come out as, here and now. */
class PaperCommandTest {
    private static final Path BASELINE = Path.of("src/test/resources/org/orrery/cli/paper.json");
    private static final Path KERNEL = Path.of("../../kernel/README.md");

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
    void a_round_trip_takes_no_more_of_the_cache_than_the_papers_and_few_instructions() throws IOException {
        JsonNode bytes = row("footprint", "kernel's code and data", "bytes");
        assertThat(bytes.get("published").asDouble()).isEqualTo(592);
        assertThat(bytes.get("measured").asDouble()).isBetween(300.0, 592.0);
        assertThat(row("footprint", "with the users' code", "bytes")
                        .get("measured")
                        .asDouble())
                .isGreaterThan(bytes.get("measured").asDouble());
        assertThat(row("footprint", "kernel's instructions", "instructions")
                        .get("measured")
                        .asDouble())
                .isBetween(20.0, 80.0);
    }

    @Test
    void what_the_paper_has_no_figure_for_has_none() throws IOException {
        for (String table : List.of("page fault", "interrupt")) {
            JsonNode warm = row(table, "warm", "cycles");
            assertThat(warm.get("published").isNull()).isTrue();
            assertThat(warm.get("residual").isNull()).isTrue();
            assertThat(cycles(table, "cold")).isGreaterThan(cycles(table, "warm"));
        }
    }

    @Test
    void each_mapping_more_costs_as_much_to_unmap() throws IOException {
        double one = cycles("unmap", "1 warm");
        double each = (cycles("unmap", "64 warm") - one) / 63;
        for (int mappings = 2; mappings <= 32; mappings *= 2) {
            assertThat(cycles("unmap", mappings + " warm")).isCloseTo(one + each * (mappings - 1), withinPercentage(3));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "page fault, page fault, ''",
        "interrupt, interrupt, ''",
        "'unmap a page, mapped once', unmap, '1 '",
        "mapped 4 times, unmap, '4 '",
        "mapped 16 times, unmap, '16 '",
        "mapped 64 times, unmap, '64 '"
    })
    void the_kernels_readme_gives_these_cycles(String begins, String table, String row) throws IOException {
        assertThat(Files.readString(KERNEL))
                .containsPattern(String.format(
                        Locale.ROOT,
                        "\\| %s[^|]* \\| %,.0f \\| %,.0f \\|",
                        begins,
                        cycles(table, row + "warm"),
                        cycles(table, row + "cold")));
    }

    @Test
    void the_kernels_readme_gives_the_footprint() throws IOException {
        JsonNode row = row("footprint", "kernel's code and data", "bytes");
        assertThat(Files.readString(KERNEL))
                .contains(row.get("measured").asInt() + " bytes of the on-chip cache")
                .contains(row.get("causes").get("code").asInt() + " bytes are code");
    }

    private static double cycles(String table, String row) throws IOException {
        return row(table, row, "cycles").get("measured").asDouble();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "L93.7, 512, cycles",
                "page fault, warm, cycles",
                "interrupt, cold, cycles",
                "unmap, 64 cold, cycles",
                "footprint, kernel's code and data, bytes"
            })
    void causes_add_up(String table, String name, String unit) throws IOException {
        JsonNode row = row(table, name, unit);
        double sum = StreamSupport.stream(row.get("causes").spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .sum();
        assertThat(sum).isCloseTo(row.get("measured").asDouble(), within(0.1));
    }
}
