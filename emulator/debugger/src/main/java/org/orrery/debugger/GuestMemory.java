package org.orrery.debugger;

import java.util.Arrays;
import org.orrery.cpu.Cpu;
import org.orrery.cpu.PhysicalMemory;

/** The guest's memory as a debugger reads it: without side effects, through the page tables that are in force or past them. */
public final class GuestMemory {
    private final Cpu cpu;
    private final PhysicalMemory physical;

    public GuestMemory(Cpu cpu, PhysicalMemory physical) {
        this.cpu = cpu;
        this.physical = physical;
    }

    /** Whether the page of a linear address is present. */
    public boolean mapped(int linear) {
        return cpu.translate(linear) >= 0;
    }

    /**
     * The physical address behind a linear one.
     *
     * @throws DebugException if the page is not present
     */
    public int translate(int linear) {
        long address = cpu.translate(linear);
        if (address < 0) {
            throw new DebugException(String.format("linear address %08x is not mapped", linear));
        }
        return (int) address;
    }

    /** Reads 1, 2 or 4 bytes, little-endian, at a linear address that is mapped. */
    public int read(int linear, int size) {
        int value = 0;
        for (int i = 0; i < size; i++) {
            value |= physical.peek8(translate(linear + i)) << 8 * i;
        }
        return value;
    }

    /** Reads 1, 2 or 4 bytes at a physical address; where nothing answers, all ones. */
    public int readPhysical(int address, int size) {
        int value = 0;
        for (int i = 0; i < size; i++) {
            value |= physical.peek8(address + i) << 8 * i;
        }
        return value;
    }

    /** The bytes from a linear address on: {@code count} of them, or fewer if a page that is not present comes before. */
    public byte[] bytes(int linear, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            long address = cpu.translate(linear + i);
            if (address < 0) {
                return Arrays.copyOf(bytes, i);
            }
            bytes[i] = (byte) physical.peek8((int) address);
        }
        return bytes;
    }
}
