package org.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What needs a JVM of its own: signals, standard input, and another JDK. */
class ProcessTest {
    private static final Path THIS_JDK = Path.of(System.getProperty("java.home"));
    private static final Path JDKS = Path.of("/usr/lib/jvm");
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

    /** Shows what comes in through COM1 and exits when that is 'q': polls the line status, reads, writes, compares. */
    private static final String ECHO = "66BAFD03 EC A801 74FB 66BAF803 EC EE 3C71 75ED B000 E6F4";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"sieve, 1", "paging, 2000", "sysc, 5000"})
    void the_newest_jdk_gives_the_same_cycles_and_the_same_state(String guest, int n) throws Exception {
        Optional<Path> other = newestOtherJdk();
        assumeTrue(other.isPresent(), "no other JDK under " + JDKS);
        String[] command = {"run", Guests.shared(guest).toString(), "--append", "n=" + n, "--stats=json"};
        String here = account(THIS_JDK, command);
        assertThat(here).contains("\"stateHash\" : \"").contains("\"cycles\" : ");
        assertThat(account(other.get(), command)).isEqualTo(here);
    }

    @Test
    void standard_input_reaches_the_guest() throws Exception {
        Process process = java(THIS_JDK, Redirect.PIPE, "run", echo().toString(), "--load-address=0x100000");
        process.getOutputStream().write("hello q".getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().close();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                .isEqualTo("hello q");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void output_appears_while_the_guest_waits_for_input() throws Exception {
        Process process = java(THIS_JDK, Redirect.PIPE, "run", echo().toString(), "--load-address=0x100000");
        process.getOutputStream().write('a');
        process.getOutputStream().flush();
        assertThat(process.getInputStream().read()).isEqualTo('a');
        process.getOutputStream().write('q');
        process.getOutputStream().flush();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void ctrl_c_prints_the_last_line_and_is_status_130() throws Exception {
        // mov al, '!' / mov dx, 3F8h / out dx, al / jmp $
        Path image = Guests.bytes(folder, "loop.bin", "B021 66BAF803 EE EBFE");
        Process process = java(THIS_JDK, Redirect.PIPE, "run", image.toString(), "--load-address=0x100000");
        assertThat(process.getInputStream().read()).isEqualTo('!');
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        assertThat(process.waitFor()).isEqualTo(130);
        List<String> said = lines(process);
        assertThat(said).hasSize(2);
        assertThat(said.get(0)).startsWith("orrery: interrupted at 0008:0010000");
        assertThat(said.get(1)).endsWith("MIPS");
    }

    private Path echo() throws IOException {
        return Guests.bytes(folder, "echo.bin", ECHO);
    }

    /** What a run says on standard error, without the host's time. */
    private static String account(Path jdk, String... command) throws IOException, InterruptedException {
        Process process = java(jdk, Redirect.from(new File("/dev/null")), command);
        process.getInputStream().readAllBytes();
        String said = String.join("\n", lines(process));
        assertThat(process.waitFor()).as(said).isZero();
        return said.replaceAll("(?s)\"host\" : \\{.*?}", "");
    }

    private static List<String> lines(Process process) throws IOException {
        try (BufferedReader err =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            return err.lines().toList();
        }
    }

    private static Process java(Path jdk, Redirect in, String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                jdk.resolve("bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        all.addAll(List.of(command));
        return new ProcessBuilder(all).redirectInput(in).start();
    }

    private static Optional<Path> newestOtherJdk() throws IOException {
        if (!Files.isDirectory(JDKS)) {
            return Optional.empty();
        }
        int mine = Runtime.version().feature();
        try (Stream<Path> homes = Files.list(JDKS)) {
            return homes.filter(home -> feature(home) >= 17 && feature(home) != mine)
                    .max(Comparator.comparingInt(ProcessTest::feature));
        }
    }

    /** The feature version of the JDK in a folder, 0 if there is none. */
    private static int feature(Path home) {
        try {
            Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
            return version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
