package org.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** {@code orrery run} without an image. */
class PingPongTest {
    @Test
    void shows_what_one_message_costs_beside_the_papers_figures() {
        Result result = Result.of("run");
        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("round trips, all answers right")
                .containsPattern("one IPC: \\d+\\.\\d cycles = \\d\\.\\d\\d µs at 50 MHz")
                .contains("172 bound, 250 achieved", "cycles by phase", "enter kernel", "cycles by cause", "tlb walk");
    }

    @Test
    void json_is_the_same_on_every_run_and_adds_up() throws IOException {
        Result first = Result.of("run", "--json");
        assertThat(Result.of("run", "--json").out()).isEqualTo(first.out());
        JsonNode ipc = new ObjectMapper().readTree(first.out()).path("ipc");
        assertThat(ipc.path("all").path("count").asInt()).isEqualTo(20_000);
        assertThat(ipc.path("directions")).hasSize(2);
        for (JsonNode direction : ipc.path("directions")) {
            JsonNode typical = direction.path("typical");
            int sum = 0;
            for (JsonNode phase : typical.path("phases")) {
                sum += phase.path("cycles").asInt();
            }
            assertThat(sum).isEqualTo(typical.path("cycles").asInt());
        }
    }

    @Test
    void a_message_is_faster_than_what_the_paper_achieved_and_slower_than_its_bound() throws IOException {
        JsonNode all = new ObjectMapper()
                .readTree(Result.of("run", "--json").out())
                .path("ipc")
                .path("all");
        assertThat(all.path("total").asDouble() / all.path("count").asDouble()).isBetween(172.0, 250.0);
    }

    @Test
    void a_limit_before_the_end_is_status_4() {
        Result result = Result.of("run", "--max-cycles", "100000");
        assertThat(result.status()).isEqualTo(4);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("orrery: the cycle limit is reached");
    }

    @Test
    void options_for_an_image_need_one() {
        Result result = Result.of("run", "--append", "n=1");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err().lines())
                .singleElement()
                .isEqualTo("orrery: --module, --append and --load-address need an image");
    }
}
