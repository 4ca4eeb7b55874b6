package org.orrery.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.orrery.isa.Form;
import org.orrery.pc.Machine;
import org.orrery.pc.Outcome;
import org.orrery.pc.boot.BootOptions;
import org.orrery.pc.boot.ImageLoader;
import org.orrery.pc.profile.Profile;

/** The self-checking guest on our machine, and the same image in QEMU. */
class GuestSuiteTest {
    private static final long LIMIT = 2_000_000_000L;
    private static final String WITH_CPUID = "486dx2-66sl";
    private static final byte[] IMAGE = GuestSuite.image();

    @TempDir
    private Path folder;

    private record Run(Outcome outcome, List<String> lines) {}

    private static Run onOurs(String profile, RowCoverage coverage) {
        ByteArrayOutputStream serial = new ByteArrayOutputStream();
        Machine machine =
                Machine.builder(Profile.byName(profile)).console(serial::write).build();
        ImageLoader.load(machine, "suite.bin", IMAGE, BootOptions.NONE);
        Outcome outcome = coverage == null ? machine.run(LIMIT) : coverage.run(machine, LIMIT);
        return new Run(
                outcome, serial.toString(StandardCharsets.US_ASCII).lines().toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"486dx50", WITH_CPUID, "486sx25"})
    void all_checks_pass_on_our_machine(String profile) {
        Run run = onOurs(profile, null);
        assertThat(run.lines()).isNotEmpty().allMatch(line -> line.startsWith("ok  "));
        assertThat(run.outcome()).isEqualTo(new Outcome(Outcome.Ending.EXITED, 0, ""));
    }

    @Test
    void every_row_is_executed() {
        RowCoverage coverage = new RowCoverage();
        Run run = onOurs(WITH_CPUID, coverage);
        assertThat(run.lines()).isEqualTo(onOurs(WITH_CPUID, null).lines());
        assertThat(run.outcome().exitStatus()).isZero();
        assertThat(coverage.missing()).extracting(Form::encoding).isEmpty();
    }

    @Test
    void NASM_gives_the_same_image() throws IOException, InterruptedException {
        Path nasm = installed("nasm");
        for (String name : sources()) {
            try (InputStream in = GuestSuite.class.getResourceAsStream(name)) {
                Files.write(folder.resolve(name), in.readAllBytes());
            }
        }
        Process process = new ProcessBuilder(nasm.toString(), "-f", "bin", "suite.asm", "-o", "suite.bin")
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        byte[] image = Files.readAllBytes(folder.resolve("suite.bin"));
        assertThat(Arrays.mismatch(image, IMAGE))
                .as("the first byte that differs")
                .isNegative();
    }

    private static List<String> sources() throws IOException {
        try (InputStream in = GuestSuite.class.getResourceAsStream("suite.asm")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Stream<String> included = text.lines()
                    .filter(line -> line.startsWith("%include"))
                    .map(line -> line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')));
            return Stream.concat(Stream.of("suite.asm"), included).toList();
        }
    }

    @Test
    void QEMU_agrees_but_for_the_departures_listed() throws IOException, InterruptedException {
        Path qemu = installed("qemu-system-i386");
        QemuDepartures departures = QemuDepartures.read();
        List<String> lines = inQemu(qemu);
        assertThat(lines.stream().filter(l -> l.startsWith("FAIL ") && !departures.excuse(l)))
                .as("what qemu.departures does not excuse")
                .isEmpty();
        List<String> ours = onOurs(WITH_CPUID, null).lines();
        assertThat(lines.stream().filter(l -> !l.startsWith("FAIL "))).allMatch(ours::contains);
        assertThat(lines.get(lines.size() - 1)).isEqualTo(ours.get(ours.size() - 1));
    }

    private List<String> inQemu(Path qemu) throws IOException, InterruptedException {
        Path image = Files.write(folder.resolve("suite.bin"), IMAGE);
        Path serial = folder.resolve("serial.txt");
        Process process = new ProcessBuilder(
                        qemu.toString(),
                        "-cpu",
                        "486",
                        "-display",
                        "none",
                        "-no-reboot",
                        "-serial",
                        "file:" + serial,
                        "-device",
                        "isa-debug-exit,iobase=0xf4,iosize=1",
                        "-kernel",
                        image.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("qemu.txt").toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return Files.readAllLines(serial, StandardCharsets.US_ASCII);
    }

    /** A tool on the PATH; the test is skipped where it is missing. */
    private static Path installed(String tool) {
        Path found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(found != null, () -> tool + " is not installed");
        return found;
    }
}
