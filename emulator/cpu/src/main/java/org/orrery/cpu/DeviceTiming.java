package org.orrery.cpu;

/**
 * How long a device takes that answers at memory addresses.
 *
 * @param width bytes that one of its bus cycles moves: 1, 2 or 4
 * @param read CPU clocks of a cycle that reads
 * @param write CPU clocks of a cycle that writes
 */
public record DeviceTiming(int width, int read, int write) {
    /** A device as wide and as fast as memory without wait states. */
    public static final DeviceTiming ZERO_WAIT = new DeviceTiming(4, 2, 2);

    int readClocks(int physical, int size) {
        return cycles(physical, size) * read;
    }

    int writeClocks(int physical, int size) {
        return cycles(physical, size) * write;
    }

    private int cycles(int physical, int size) {
        return ((physical & width - 1) + size + width - 1) / width;
    }
}
