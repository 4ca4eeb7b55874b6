package org.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SuiteCommandTest {
    @Test
    void a_machine_with_CPUID_executes_all_rows() throws IOException {
        Result result = Result.of("suite", "--json", "--machine", "486dx2-66sl");
        assertThat(result.status()).isZero();
        JsonNode json = new ObjectMapper().readTree(result.out());
        assertThat(json.get("executed")).isEqualTo(json.get("rows"));
        assertThat(json.get("notExecuted")).isEmpty();
        assertThat(json.get("lines"))
                .isNotEmpty()
                .allMatch(line -> line.asText().startsWith("ok  "));
    }

    @Test
    void others_do_not_execute_CPUID() {
        Result result = Result.of("suite", "--rows");
        assertThat(result.status()).isZero();
        assertThat(result.out().lines().filter(line -> !line.startsWith("ok  ")).map(String::strip))
                .containsExactly("528 of 529 rows executed, not:", "0F A2        CPUID");
    }
}
