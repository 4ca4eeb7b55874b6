package org.orrery.cpu;

/** A device that answers at physical addresses. Offsets are from the start of its range; sizes are 1, 2 or 4 bytes. */
public interface MemoryMapped {
    int read(int offset, int size);

    void write(int offset, int size, int value);

    /** What {@link #read} would return, without its side effects; for debuggers. */
    int peek(int offset, int size);
}
