package org.orrery.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Boots systems under QEMU, a second opinion on what the kernel does. */
final class Qemu {
    private static final String PROGRAM = "qemu-system-i386";
    private static final int SECONDS = 120;
    /** An instruction each 64 ns, about as on a 486 at 50 MHz, and no waiting while the guest idles: so runs do not depend on the host. */
    private static final String CLOCK = "shift=6,sleep=off";

    /**
     * What came of a run.
     *
     * @param status what the guest wrote to port F4h
     * @param output what it sent through COM1
     */
    record Result(int status, String output) {}

    private Qemu() {}

    /** Skips the test where there is no QEMU. */
    static void assumePresent() {
        boolean present;
        try {
            present = new ProcessBuilder(PROGRAM, "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException e) {
            present = false;
        }
        Assumptions.assumeTrue(present, PROGRAM + " is not installed");
    }

    static Result run(GuestSystem system, Path folder) throws IOException, InterruptedException {
        Path kernel = Files.write(folder.resolve("kernel"), system.kernel());
        List<String> modules = new ArrayList<>();
        for (GuestSystem.Module module : system.modules()) {
            Path file = Files.write(folder.resolve("module" + modules.size()), module.image());
            String line = module.commandLine();
            int space = line.indexOf(' ');
            modules.add(file.getFileName() + (space < 0 ? "" : line.substring(space)));
        }
        List<String> command = new ArrayList<>(List.of(PROGRAM, "-cpu", "486", "-m", "16", "-display", "none"));
        command.addAll(List.of("-icount", CLOCK));
        command.addAll(List.of("-serial", "file:output", "-device", "isa-debug-exit,iobase=0xf4,iosize=1"));
        command.addAll(List.of("-no-reboot", "-kernel", kernel.getFileName().toString()));
        if (!modules.isEmpty()) {
            command.addAll(List.of("-initrd", String.join(",", modules)));
        }
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("messages").toFile())
                .start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("no end after " + SECONDS + " s; so far: " + output(folder));
        }
        return new Result(process.exitValue() >> 1, output(folder));
    }

    private static String output(Path folder) throws IOException {
        return Files.readString(folder.resolve("output"), StandardCharsets.ISO_8859_1);
    }
}
