package org.orrery.isa.asm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** NASM as a second opinion. Tests that ask for it are skipped where it is not installed. */
final class Nasm {
    private Nasm() {}

    static void assumeInstalled() {
        Assumptions.assumeTrue(isInstalled(), "nasm is not installed");
    }

    private static boolean isInstalled() {
        try {
            return new ProcessBuilder("nasm", "-v")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The flat binary that NASM makes of {@code t.asm}.
     *
     * @throws AssertionError with NASM's complaints, if it makes none
     */
    static byte[] assemble(Path directory, Map<String, String> files, String... options) throws Exception {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
        }
        List<String> command = new ArrayList<>(List.of("nasm", "-f", "bin", "-w-all", "-o", "t.bin"));
        command.addAll(List.of(options));
        command.add("t.asm");
        Process nasm = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(nasm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (nasm.waitFor() != 0) {
            throw new AssertionError("nasm refuses the source:\n" + said);
        }
        return Files.readAllBytes(directory.resolve("t.bin"));
    }
}
