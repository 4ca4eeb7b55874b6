package org.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebugCommandTest {
    /** mov al, 7 / out F4h, al. */
    private static final String EXIT_7 = "B007 E6F4";

    @TempDir
    private Path directory;

    private Result debug(String... arguments) throws IOException {
        Path image = Guests.bytes(directory, "code.bin", EXIT_7);
        String[] all = new String[arguments.length + 3];
        all[0] = "debug";
        all[1] = image.toString();
        all[2] = "--load-address=0x100000";
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return Result.of(all);
    }

    @Test
    void it_stops_before_the_first_instruction() throws IOException {
        Result result = debug("-c", "x/2i $pc; step; p $al");
        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("=> 00100000:  b007")
                .contains("00100002:  e6f4")
                .contains("0x7 = 7");
    }

    @Test
    void scripts_run_before_commands() throws IOException {
        Path script = Files.writeString(directory.resolve("script"), "# a comment\n\nprint 1\nprint 2\n");
        Result result = debug("-x", script.toString(), "-c", "print 3; continue");
        assertThat(result.out()).containsSubsequence("0x1 = 1", "0x2 = 2", "0x3 = 3", "ended the run with status 7");
        assertThat(result.status()).isZero();
    }

    @Test
    void a_command_that_fails_ends_a_script_with_status_2() throws IOException {
        Result result = debug("-c", "print 1; break nowhere; print 3");
        assertThat(result.status()).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(result.out()).contains("there is no symbol 'nowhere'").doesNotContain("0x3");
    }

    @Test
    void a_missing_script_is_one_line() throws IOException {
        Result result = debug("-x", "nowhere.txt");
        assertThat(result.status()).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(result.err()).isEqualTo("orrery: nowhere.txt: no such file" + System.lineSeparator());
    }

    @Test
    void without_an_image_it_debugs_the_microkernel() {
        Result result = Result.of("debug", "-c", "break measured; continue; ipc");
        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("call").contains("4.0").contains("5.0");
    }
}
