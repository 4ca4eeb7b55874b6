package org.orrery.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Guest images for tests: the shared ones, and small ones made of bytes. */
final class Guests {
    private static final int BOOT_SECTOR = 512;

    private Guests() {}

    /** A shared guest; the test that asks for one is skipped where they are missing. */
    static Path shared(String name) {
        Path file = Path.of(System.getProperty("orrery.shared", "../../../shared"), "guests", "bench", name + ".elf");
        assumeTrue(Files.exists(file), () -> "the shared guests are not here: " + file);
        return file;
    }

    /** A file of the bytes given in hexadecimal. */
    static Path bytes(Path folder, String name, String hex) throws IOException {
        return Files.write(folder.resolve(name), java.util.HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    /** A boot sector that begins with the code given in hexadecimal. */
    static Path bootSector(Path folder, String hex) throws IOException {
        byte[] code = java.util.HexFormat.of().parseHex(hex.replace(" ", ""));
        byte[] sector = java.util.Arrays.copyOf(code, BOOT_SECTOR);
        sector[BOOT_SECTOR - 2] = 0x55;
        sector[BOOT_SECTOR - 1] = (byte) 0xAA;
        return Files.write(folder.resolve("boot.img"), sector);
    }
}
