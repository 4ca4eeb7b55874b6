package org.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
    @TempDir
    private Path folder;

    /** A program that ends at once, with some phases and a number of instructions in the second. */
    private String program(String name, int nops) throws IOException {
        Path source = Files.writeString(folder.resolve(name + ".asm"), """
                org 0x100000
                global _start
                phase "begin"
                _start: mov eax, 1
                phase "count"
                times %d nop
                phase "end"
                mov al, 0
                out 0xF4, al
                """.formatted(nops));
        Path elf = folder.resolve(name + ".elf");
        assertThat(Result.of("asm", source.toString(), "-f", "elf", "-o", elf.toString())
                        .status())
                .isZero();
        return elf.toString();
    }

    @Test
    void two_images_differ_in_the_phase_that_was_changed() throws IOException {
        Result result = Result.of("compare", program("a", 16), program("b", 20), "--json");
        assertThat(result.status()).isZero();
        JsonNode json = new ObjectMapper().readTree(result.out());
        for (JsonNode difference : json.path("differences")) {
            assertThat(difference.path("phase").asText()).isNotEqualTo("begin");
        }
        assertThat(json.at("/b/phases/count/execute").asInt()
                        - json.at("/a/phases/count/execute").asInt())
                .isEqualTo(4);
        assertThat(json.at("/b/instructions").asInt()
                        - json.at("/a/instructions").asInt())
                .isEqualTo(4);
    }

    @Test
    void an_image_does_not_differ_from_itself() throws IOException {
        String image = program("a", 3);
        Result result = Result.of("compare", image, image);
        assertThat(result.out()).contains("cycles by phase", "cycles by cause", "no phase and no cause differs");
    }

    @Test
    void two_machines_are_compared_by_a_round_trip_of_the_kernels_messages() {
        Result result = Result.of("compare", "486dx33", "486dx50");
        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("A: 486dx33 with 16M", "B: 486dx50 with 16M", "one round trip", "enter kernel", "tlb walk");
    }

    @Test
    void an_image_without_phases_is_compared_between_its_marks() {
        String image = Guests.shared("sysc").toString();
        Result result = Result.of("compare", "486dx33", "486dx2-66", "--image", image, "--append", "n=100");
        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("start to mark 1", "mark 1 to mark 2", "mark 2 to end", "the greatest differences");
    }

    @Test
    void an_image_and_a_machine_cannot_be_compared() throws IOException {
        Result result = Result.of("compare", program("a", 1), "486dx33");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err().lines())
                .singleElement()
                .isEqualTo("orrery: compare two images or two machines; 486dx33 is a machine");
    }

    @Test
    void a_guest_that_crashes_is_status_3() throws IOException {
        String bad = Guests.bytes(folder, "bad.bin", "0F0B").toString();
        Result result = Result.of("compare", bad, bad, "--load-address", "0x100000");
        assertThat(result.status()).isEqualTo(3);
        assertThat(result.err().lines()).singleElement().asString().contains("the guest crashed: ");
    }
}
