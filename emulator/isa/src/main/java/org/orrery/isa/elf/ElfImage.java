package org.orrery.isa.elf;

import java.util.List;
import org.orrery.isa.debug.DebugInfo;

/**
 * An executable for the i386 or i486, checked.
 *
 * @param entry virtual address of the first instruction, unsigned
 * @param segments what is loaded, in the order of the file; they do not overlap in physical memory
 * @param debugInfo what the file says about itself; at least its symbols
 */
public record ElfImage(String name, int entry, List<Segment> segments, DebugInfo debugInfo) {
    /**
     * Reads a file.
     *
     * @param name of the file, for messages
     * @throws ImageException if it is not a valid executable
     */
    public static ElfImage read(byte[] file, String name) {
        return new ElfReader(file, name).read();
    }

    /** Whether a file begins as an ELF file does. */
    public static boolean isElf(byte[] file) {
        return file.length >= 4 && file[0] == 0x7F && file[1] == 'E' && file[2] == 'L' && file[3] == 'F';
    }
}
