package org.orrery.isa.elf;

/**
 * A piece of memory that a program starts with.
 *
 * @param virtualAddress where it runs: unsigned, 32 bits
 * @param physicalAddress where it is loaded: unsigned, 32 bits
 * @param bytes its first bytes
 * @param memorySize bytes in memory, unsigned; those after {@code bytes} are zero
 * @param flags {@link #EXECUTE}, {@link #WRITE}, {@link #READ}
 */
public record Segment(int virtualAddress, int physicalAddress, byte[] bytes, int memorySize, int flags) {
    public static final int EXECUTE = 1;
    public static final int WRITE = 2;
    public static final int READ = 4;
}
