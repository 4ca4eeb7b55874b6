package org.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.kernel.KernelImages;

class KernelCommandTest {
    @TempDir
    private Path folder;

    private String build(String name, String... options) {
        String out = folder.resolve(name).toString();
        String[] args = new String[options.length + 4];
        System.arraycopy(options, 0, args, 4, options.length);
        args[0] = "kernel";
        args[1] = "build";
        args[2] = "-o";
        args[3] = out;
        assertThat(Result.of(args)).isEqualTo(new Result(0, "", ""));
        return out;
    }

    @Test
    void builds_the_kernel_that_ships() {
        assertThat(Path.of(build("k.elf"))).hasBinaryContent(KernelImages.kernel());
    }

    @Test
    void a_kernel_without_an_optimisation_exchanges_messages() {
        String kernel = build("k.elf", "--without", "lazy-scheduling", "--without", "condensed-tables");
        Result result = Result.of("run", "--kernel", kernel);
        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("all answers right");
    }

    @Test
    void two_kernels_are_compared_by_a_round_trip() {
        String kernel = build("k.elf");
        String slow = build("slow.elf", "--without", "reply-and-wait");
        Result result = Result.of("compare", kernel, slow);
        assertThat(result.out()).contains("one round trip", "A: " + kernel, "B: " + slow);
    }

    @Test
    void an_unknown_optimisation_is_one_line() {
        Result result = Result.of("kernel", "build", "--without", "sloth");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err().lines()).singleElement().asString().contains("lazy-scheduling", "sloth");
    }

    @Test
    void a_tick_that_the_timer_cannot_make_is_one_line() {
        Result result = Result.of("kernel", "build", "--timer-us", "7");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err().lines()).singleElement().asString().startsWith("orrery: --timer-us: ");
    }

    @Test
    void each_word_that_is_not_in_a_register_costs_a_little() throws IOException {
        double two = message(build("two.elf"));
        double one = message(build("one.elf", "--message-registers", "1"));
        double none = message(build("none.elf", "--message-registers", "0"));
        assertThat(one - two).isBetween(1.0, 20.0);
        assertThat(none - one).isBetween(1.0, 20.0);
    }

    /** Cycles of one message. */
    private static double message(String kernel) throws IOException {
        JsonNode all = new ObjectMapper()
                .readTree(Result.of("run", "--kernel", kernel, "--json").out())
                .path("ipc")
                .path("all");
        return all.path("total").asDouble() / all.path("count").asDouble();
    }

    @Test
    void more_message_registers_than_the_interface_has_is_one_line() {
        Result result = Result.of("kernel", "build", "--message-registers", "3");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err().lines())
                .singleElement()
                .asString()
                .startsWith("orrery: --message-registers: ")
                .endsWith("0 to 2 registers, not 3");
    }

    @Test
    void only_kernels_run_the_messages() {
        Result result = Result.of("run", "--kernel", "pom.xml");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err().lines()).singleElement().asString().contains("pom.xml", "orrery kernel build");
    }
}
