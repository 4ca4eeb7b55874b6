package org.orrery.cli.conform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MooReaderTest {
    private static final int[] INC_AX = {0x40, 0xF4};
    private static final byte[] WHOLE = MooFile.of(INC_AX, 0x1001, 1, 0x1002);

    @TempDir
    private Path directory;

    @Test
    void reads_states_and_code() throws IOException {
        Capture capture = MooReader.read(file("40.MOO", WHOLE)).get(0);
        assertThat(capture.index()).isEqualTo(7);
        assertThat(capture.code()).containsExactly(0x40, 0xF4);
        assertThat(capture.exception()).isEqualTo(-1);
        assertThat(capture.byteBefore(0x1001)).isEqualTo(0xF4);
        assertThat(capture.expected(Register.AX)).isEqualTo(1);
        assertThat(capture.expected(Register.BX)).isZero();
    }

    @Test
    void every_truncation_is_one_line_that_names_the_file() throws IOException {
        for (int length = 0; length < WHOLE.length; length++) {
            Path file = file("short.MOO", Arrays.copyOf(WHOLE, length));
            assertThatThrownBy(() -> MooReader.read(file))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(file.toString())
                    .message()
                    .doesNotContain("\n");
        }
    }

    @Test
    void any_single_wrong_byte_is_read_or_refused_in_one_line() throws IOException {
        for (int i = 0; i < WHOLE.length; i++) {
            byte[] wrong = WHOLE.clone();
            wrong[i] ^= (byte) 0xFF;
            Path file = file("wrong.MOO", wrong);
            try {
                assertThat(MooReader.read(file)).hasSizeLessThanOrEqualTo(1);
            } catch (IOException e) {
                assertThat(e.getMessage()).startsWith(file.toString()).doesNotContain("\n");
            }
        }
    }

    @Test
    void garbage_is_not_a_gzip_file() throws IOException {
        Path file = file("00.MOO.gz", new byte[] {1, 2, 3});
        assertThatThrownBy(() -> MooReader.read(file)).hasMessageStartingWith(file + ": not a whole gzip file");
    }

    @Test
    void the_count_in_the_header_must_be_right() throws IOException {
        Path file = file("none.MOO", MooFile.header(3));
        assertThatThrownBy(() -> MooReader.read(file)).hasMessage(file + ": has 0 captures where its header says 3");
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }
}
