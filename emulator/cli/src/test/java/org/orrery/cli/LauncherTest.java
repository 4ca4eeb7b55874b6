package org.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LauncherTest {
    private static final Path ROOT = Path.of(System.getProperty("orrery.root", "../.."));

    @Test
    void the_launcher_passes_its_shell_tests() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh here");
        Path script = ROOT.resolve("emulator/cli/src/test/sh/launcher-test.sh");
        Process process = new ProcessBuilder(
                        "/bin/sh",
                        script.toString(),
                        ROOT.resolve("orrery").toAbsolutePath().toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).endsWith("launcher: all as expected\n");
    }
}
