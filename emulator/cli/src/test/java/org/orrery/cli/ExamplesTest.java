package org.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {
    private static final Path EXAMPLES =
            Path.of(System.getProperty("orrery.root", "../.."), "guest-servers", "examples");

    @TempDir
    private Path folder;

    @Test
    void hello_says_hello() {
        String elf = folder.resolve("hello.elf").toString();
        Result assembled = Result.of("asm", EXAMPLES.resolve("hello.asm").toString(), "-f", "elf", "-o", elf);
        assertThat(assembled).isEqualTo(new Result(0, "", ""));
        Result run = Result.of("run", elf);
        assertThat(run.out()).isEqualTo("hello, 486\r\n");
        assertThat(run.status()).isZero();
    }
}
