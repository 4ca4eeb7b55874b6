package org.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValidateCommandTest {
    private static JsonNode json(String section) throws IOException {
        Result result = Result.of("validate", "--section", section, "--json");
        assertThat(result.status()).isZero();
        return new ObjectMapper().readTree(result.out());
    }

    @Test
    void the_loops_that_rules_rest_on_are_met_exactly() throws IOException {
        int asserted = 0;
        for (JsonNode check : json("loops").path("checks")) {
            boolean must = check.path("asserted").asBoolean();
            asserted += must ? 1 : 0;
            assertThat(must ? check.path("residual").asDouble(99) : 0)
                    .as(check.path("name").asText())
                    .isZero();
            assertThat(must || !check.path("note").asText().isEmpty())
                    .as("the reason of %s", check.path("name"))
                    .isTrue();
        }
        assertThat(asserted).isGreaterThan(25);
    }

    @Test
    void the_paper_is_met_but_for_what_it_does_not_count_or_give() throws IOException {
        Map<String, Double> residuals = new HashMap<>();
        json("ipc")
                .path("checks")
                .forEach(c -> residuals.put(
                        c.path("name").asText(), c.path("residual").asDouble(99)));
        assertThat(residuals).hasSize(9);
        assertThat(residuals).containsEntry("table 3 null message: execution", 1.0);
        assertThat(residuals).containsEntry("table 3 null message: total", 3.0);
        assertThat(residuals).containsEntry("table 4 mapping: execution", -19.0);
        assertThat(residuals).containsEntry("table 4 mapping: total", -19.0);
        residuals.keySet().removeIf(name -> name.matches("table [34].*: (execution|total)"));
        assertThat(residuals.values()).containsOnly(0.0);
    }

    @Test
    void a_table_fits_a_terminal() {
        Result result = Result.of("validate", "--section", "ipc");
        assertThat(result.out())
                .contains("case", "published", "residual", "table 3 null message: execution")
                .contains("figures that must be equal are");
        assertThat(result.out().lines()).allMatch(line -> line.length() < 80);
    }

    @Test
    void an_unknown_section_is_one_line_and_status_2() {
        Result result = Result.of("validate", "--section", "x");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err().strip()).isEqualTo("orrery: --section x: expected one of clocks, loops, ipc");
    }
}
