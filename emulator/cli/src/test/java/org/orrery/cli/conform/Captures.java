package org.orrery.cli.conform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of captures for tests of the command. */
public final class Captures {
    private Captures() {}

    /** Writes a capture of INC AX from 0, after which AX is said to be {@code ax}. */
    public static void writeIncrement(Path directory, int ax) throws IOException {
        byte[] file = MooFile.of(new int[] {0x40, 0xF4}, 0x3001, ax, 0x1002, 0x0002);
        Files.write(directory.resolve("40.MOO"), file);
    }
}
