package org.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.cli.conform.Captures;

class ConformCommandTest {
    @TempDir
    private Path directory;

    @Test
    void captures_that_hold_are_success() throws IOException {
        Captures.writeIncrement(directory, 1);
        Result result = Result.of("conform", directory.toString(), "--files");
        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("40             1        0       0")
                .contains("1 captures: 1 hold, 0 hold but for these rules, 0 fail");
    }

    @Test
    void a_capture_that_does_not_hold_is_named_with_what_differs() throws IOException {
        Captures.writeIncrement(directory, 2);
        Result result = Result.of("conform", directory.toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("40 #7 test: AX is 0001 not 0002", "1 fail");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void prints_json() throws IOException {
        Captures.writeIncrement(directory, 1);
        Result result = Result.of("conform", directory.toString(), "--json");
        assertThat(result.out()).contains("\"captures\" : 1", "\"failed\" : 0", "\"opcode\" : \"40\"");
    }

    @Test
    void what_is_no_directory_of_captures_is_bad_input() throws IOException {
        Result empty = Result.of("conform", directory.toString());
        assertThat(empty.status()).isEqualTo(2);
        assertThat(empty.err().lines())
                .singleElement()
                .isEqualTo("orrery: " + directory + ": no captures here: no file ends in .MOO or .MOO.gz");

        Files.writeString(directory.resolve("00.MOO"), "garbage");
        Result garbage = Result.of("conform", directory.toString());
        assertThat(garbage.status()).isEqualTo(2);
        assertThat(garbage.err().lines()).singleElement().asString().endsWith("the beginning of a file of captures");

        assertThat(Result.of("conform", "nowhere").err())
                .isEqualTo(String.format("orrery: nowhere: expected a directory of captures%n"));
    }
}
