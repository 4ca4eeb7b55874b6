package org.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeCommandTest {
    private static final String SUM = """
            ; sums words
                    mov     esi, table
            next:   add     eax, [esi]      ; a word
                    add     esi, 4
                    dec     ecx
                    jnz     next
            section .data
            table:  times 100 dd 5
            """;

    @TempDir
    private Path folder;

    private Result time(String source, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("s.asm"), source);
        List<String> arguments = new ArrayList<>(List.of("time", file.toString()));
        arguments.addAll(List.of(options));
        return Result.of(arguments.toArray(String[]::new));
    }

    private JsonNode json(String source, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--json");
        Result result = time(source, all.toArray(String[]::new));
        assertThat(result.err()).isEmpty();
        return new ObjectMapper().readTree(result.out());
    }

    @Test
    void a_loop_is_timed_round_by_round() throws IOException {
        Result result = time(SUM);
        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("the loop at next, 98 times round when warm, all 7 cycles")
                .contains("next: add eax, [esi]", "jnz next", "a time round")
                .contains("stalls when cold", "tlb walk", "page 00010000");
        assertThat(result.out().lines()).allMatch(line -> line.length() < 80);
    }

    @Test
    void json_has_the_same_figures() throws IOException {
        JsonNode json = json(SUM, "--iterations", "10");
        assertThat(json.at("/loop/label").asText()).isEqualTo("next");
        assertThat(json.at("/warm/cycles").asInt()).isEqualTo(7);
        assertThat(json.at("/warm/times").asInt()).isEqualTo(8);
        assertThat(json.at("/instructions/0/inLoop").asBoolean()).isFalse();
        JsonNode add = json.at("/instructions/1");
        assertThat(add.path("label").asText()).isEqualTo("next");
        assertThat(add.path("bytes").asText()).isEqualTo("0306");
        assertThat(add.at("/warm/causes/execute").asInt()).isEqualTo(2);
        assertThat(add.at("/cold/stalls").findValuesAsText("why"))
                .containsExactly("esi from mov esi, table (line 2)", "line 00010110");
    }

    @Test
    void a_stall_names_the_instruction_before_that_caused_it() throws IOException {
        Result result = time("mov ebx, esi\nmov eax, [ebx]\nlea edx, [ebx + 4]\n");
        assertThat(result.out()).contains("line 2, mov eax, [ebx]: agi 1, ebx from mov ebx, esi (line 1)");
    }

    @Test
    void causes_add_up_in_every_line_and_in_the_total() throws IOException {
        JsonNode json = json(SUM);
        List<JsonNode> costs = new ArrayList<>(List.of(json.path("cold"), json.path("warm")));
        json.path("instructions").forEach(line -> costs.addAll(List.of(line.path("cold"), line.path("warm"))));
        for (JsonNode cost : costs) {
            double sum = 0;
            for (JsonNode cause : cost.path("causes")) {
                sum += cause.asDouble();
            }
            assertThat(sum).isEqualTo(cost.path("cycles").asDouble());
        }
    }

    @Test
    void without_a_loop_the_whole_snippet_is_run_again() throws IOException {
        Result result = time("push eax\npop ecx\nxchg eax, ecx\nret\n");
        assertThat(result.out()).contains("no loop: the whole snippet, 100 times round when warm, all 10 cycles");
    }

    @Test
    void one_of_several_loops_can_be_chosen() throws IOException {
        String nested = """
                mov edx, 10
                outer: mov ecx, 5
                inner: dec ecx
                jnz inner
                dec edx
                jnz outer
                """;
        assertThat(json(nested).at("/warm/cycles").asInt()).isEqualTo(4);
        assertThat(json(nested, "--loop", "outer").at("/warm/cycles").asInt()).isEqualTo(1 + 4 * 4 + 2 + 4);
        assertThat(time(nested, "--loop", "none").err()).contains("s.asm:1:1: there is no label 'none'");
    }

    @ParameterizedTest
    @CsvSource({"real, 30", "v86, 86", "paged, 44", "protected, 44", "user, 71"})
    void an_interrupt_costs_what_its_mode_says(String mode, int clocks) throws IOException {
        JsonNode json = json("cld\ncld\ncld\ncld\nint 0x30\n", "--mode", mode);
        assertThat(json.at("/instructions/4/source").asText()).isEqualTo("int 0x30");
        assertThat(json.at("/instructions/4/warm/causes/execute").asInt()).isEqualTo(clocks);
        assertThat(json.at("/instructions/5/label").asText()).isEqualTo("(handler)");
    }

    @Test
    void a_bits_directive_chooses_real_mode() throws IOException {
        assertThat(time("bits 16\nmov ax, [bx]\n").out()).contains("16-bit, real mode");
        assertThat(time("bits 16\nnop\n", "--bits", "32").err()).contains("the source says BITS 16");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mov eax, [zz               | 2 | s.asm:1:13: expected ]",
                "''                         | 2 | s.asm:1:1: there is no instruction to time",
                "org 5                      | 2 | s.asm:1:1: a snippet has its place; leave ORG out",
                "times 30000 nop            | 2 | s.asm:1:1: the snippet has 30000 bytes; at most 28416",
                "mov eax, [0]               | 3 | s.asm:1:1: page fault at 00000000 by 'mov eax, [0]'",
                "div ecx                    | 0 | ''",
                "div edx                    | 3 | s.asm:1:1: divide error by 'div edx'",
                "hlt                        | 3 | halted with interrupts off",
                "jmp edi                    | 3 | s.asm:1:1: the snippet is left for 0001a400 by 'jmp edi'",
                "l: mov eax, l              | 0 | ''",
            })
    void what_is_wrong_is_one_line(String source, int status, String message) throws IOException {
        Result result = time(source + "\n");
        assertThat(result.status()).isEqualTo(status);
        assertThat(result.err().lines()).hasSize(status == 0 ? 0 : 1);
        assertThat(result.err()).contains(message);
    }

    @Test
    void a_snippet_without_an_end_is_stopped() throws IOException {
        Result result = time("l: mov eax, l\njmp eax\n", "--max-cycles", "5000");
        assertThat(result.status()).isEqualTo(4);
        assertThat(result.err().strip()).matches(".*s.asm:[12]:1: not at its end after 5,000 cycles: stopped at '.*'");
        assertThat(time("l: jmp l\n").out()).contains("the loop at l, 100 times round when warm, all 3 cycles");
    }
}
