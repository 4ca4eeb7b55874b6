package org.orrery.pc.boot;

import java.util.ArrayList;
import java.util.List;
import org.orrery.cpu.PhysicalMemory;
import org.orrery.pc.device.TextDisplay;
import org.orrery.pc.profile.MemorySize;

/** Which parts of memory an image has taken, and where there is room. Addresses and lengths are in bytes and unsigned, held in longs. */
final class Placement {
    private static final long HOLE = TextDisplay.BASE;
    /** Adapter memory and, on a real board, the firmware: no loader puts anything below 1 MB above this. */
    private static final long HOLE_END = 1 << 20;

    private static final int CHUNK = 4096;

    private record Range(long start, long end) {}

    private final String file;
    private final PhysicalMemory memory;
    private final List<Range> taken = new ArrayList<>();

    /** @param file the image's name, for messages */
    Placement(String file, PhysicalMemory memory) {
        this.file = file;
        this.memory = memory;
    }

    /** Takes a range that the image asks for; {@code what} names it in messages. */
    void claim(String what, long start, long length) {
        long end = start + length;
        if (end > memory.size()) {
            long megabytes = (end + (1 << 20) - 1) >> 20;
            throw new BootException(
                    file,
                    String.format(
                            "%s at %Xh to %Xh needs %dM of memory; this machine has %s",
                            what, start, end, megabytes, MemorySize.format(memory.size())));
        }
        if (start < TextDisplay.BASE + TextDisplay.LENGTH && end > HOLE) {
            throw new BootException(
                    file,
                    String.format("%s at %Xh to %Xh lies over the display at A0000h to BFFFFh", what, start, end));
        }
        taken.add(new Range(start, end));
    }

    /** Takes the lowest free range at or above an address, aligned to a power of two. */
    long allocate(String what, long length, long alignment, long lowest) {
        long start = align(lowest, alignment);
        for (long next = clear(start, length); next != start; next = clear(start, length)) {
            start = align(next, alignment);
        }
        if (start + length > memory.size()) {
            throw new BootException(
                    file,
                    String.format(
                            "no room for %s of %d bytes in %s of memory",
                            what, length, MemorySize.format(memory.size())));
        }
        taken.add(new Range(start, start + length));
        return start;
    }

    /** The end of what is in the way of a range, or its start if nothing is. */
    private long clear(long start, long length) {
        if (start < HOLE_END && start + length > HOLE) {
            return HOLE_END;
        }
        for (Range r : taken) {
            if (start < r.end && start + length > r.start) {
                return r.end;
            }
        }
        return start;
    }

    private static long align(long address, long alignment) {
        return (address + alignment - 1) & -alignment;
    }

    /** The end of the highest range taken. */
    long top() {
        return taken.stream().mapToLong(Range::end).max().orElse(0);
    }

    /** Copies bytes into a range taken before. */
    void put(long start, byte[] bytes) {
        memory.load((int) start, bytes);
    }

    void clearRange(long start, long length) {
        for (long at = start; at < start + length; at += CHUNK) {
            memory.load((int) at, new byte[(int) Math.min(CHUNK, start + length - at)]);
        }
    }
}
