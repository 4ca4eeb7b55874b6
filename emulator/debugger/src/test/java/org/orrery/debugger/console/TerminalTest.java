package org.orrery.debugger.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console on a real terminal, which tmux provides; skipped where there is no tmux. */
class TerminalTest {
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        assumeTrue(hasTmux(), "tmux is not installed");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        tmux(
                "new-session",
                "-d",
                "-x",
                "120",
                "-y",
                "40",
                "env",
                "TERM=xterm",
                "XDG_CACHE_HOME=" + directory,
                java,
                "-cp",
                System.getProperty("java.class.path"),
                TerminalMain.class.getName());
        waitFor("(orrery)");
    }

    @AfterEach
    void end() throws IOException, InterruptedException {
        if (hasTmux()) {
            tmux("kill-server");
        }
    }

    private static boolean hasTmux() {
        try {
            return new ProcessBuilder("tmux", "-V").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String tmux(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("tmux", "-S", directory.resolve("socket").toString(), "-f", "/dev/null"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed;
    }

    private void type(String... keys) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("send-keys"));
        command.addAll(List.of(keys));
        tmux(command.toArray(String[]::new));
    }

    private String waitFor(String text) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        String screen = "";
        while (!screen.contains(text) && System.nanoTime() < end) {
            Thread.sleep(100);
            screen = tmux("capture-pane", "-p");
        }
        assertThat(screen).contains(text);
        return screen;
    }

    @Test
    void keysAreCompletedAndLinesRepeated() throws IOException, InterruptedException {
        type("break clie", "Tab");
        waitFor("break client");
        type("C-u", "b client.n", "Tab", "Enter");
        waitFor("breakpoint 1 at");
        type("c", "Enter");
        waitFor("<client.next>:");
        type("s", "Enter");
        waitFor("<client+0x1f>:");
        type("Enter");
        waitFor("<client+0x21>:");
    }

    @Test
    void ctrlCStopsTheGuestAndGivesThePromptBack() throws IOException, InterruptedException {
        type("set $eip = client.stop; p 7; c", "Enter");
        waitFor("0x7 = 7");
        Thread.sleep(1000);
        type("C-c");
        waitFor("interrupted");
        type("print 40+2", "Enter");
        waitFor("0x2a = 42");
    }

    @Test
    void linesOfAnEarlierSessionComeBack() throws IOException, InterruptedException {
        type("print 1234", "Enter");
        waitFor("0x4d2");
        type("C-d");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Path history = directory.resolve("orrery-debug-history");
        while (!Files.exists(history) && System.nanoTime() < end) {
            Thread.sleep(100);
        }
        assertThat(Files.readString(history)).contains("print 1234");
    }
}
