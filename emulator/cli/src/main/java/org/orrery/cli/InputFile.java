package org.orrery.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that the user names, to be read whole. */
final class InputFile {
    private InputFile() {}

    /** @throws UserError for a directory, whose name the host's own message does not give */
    static byte[] bytes(Path file) {
        if (Files.isDirectory(file)) {
            throw new UserError(file + ": is a directory");
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
