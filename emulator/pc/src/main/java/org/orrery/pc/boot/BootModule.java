package org.orrery.pc.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that a multiboot loader puts into memory beside the kernel.
 *
 * @param commandLine what the kernel is told about it: its name, and arguments if any
 * @param bytes its contents
 */
public record BootModule(String commandLine, byte[] bytes) {
    /**
     * Reads a module as the user names it: a file, and after the first space its arguments.
     *
     * @throws BootException if the file cannot be read
     */
    public static BootModule read(String text) {
        int space = text.indexOf(' ');
        Path file = Path.of(space < 0 ? text : text.substring(0, space));
        String arguments = space < 0 ? "" : text.substring(space);
        return new BootModule(file.getFileName() + arguments, contents(file, "module "));
    }

    static byte[] contents(Path file, String what) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new BootException(what + file, "no such file");
        } catch (IOException e) {
            throw new BootException(what + file, Files.isDirectory(file) ? "is a directory" : "cannot be read");
        }
    }
}
