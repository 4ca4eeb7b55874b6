package org.orrery.cpu.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * The state after a program, on one engine or the other.
 *
 * @param vector the exception that ended the program before it was delivered, or -1; {@link #BROKEN} if an engine gave up
 * @param general by number: EAX ECX EDX EBX ESP EBP ESI EDI
 * @param segments selectors by number: ES CS SS DS FS GS
 * @param faultAddress CR2
 * @param x87 registers of the x87
 * @param memory all of it
 */
record Outcome(
        int vector, int[] general, int eip, int eflags, int[] segments, int faultAddress, X87State x87, byte[] memory) {
    static final int BROKEN = -2;

    private static final int PAGE_FAULT = 14;
    /** What Unicorn 2.0 says of the address of a write that faults. */
    private static final int LOST = -2;

    /** A is not compared: what the last fetch marks depends on how far it runs ahead. */
    private static final int ACCESSED = 1 << 5;

    private static final int DIRTY = 1 << 6;
    private static final String[] GENERAL = {"EAX", "ECX", "EDX", "EBX", "ESP", "EBP", "ESI", "EDI"};
    private static final String[] SEGMENTS = {"ES", "CS", "SS", "DS", "FS", "GS"};
    private static final int BYTES_NAMED = 8;

    /** Names what is different, ours first, but for flags that may be anything. */
    List<String> differences(Outcome other, int anyFlags) {
        List<String> found = new ArrayList<>();
        if (vector != other.vector) {
            found.add("vector " + vector + " and " + other.vector);
        }
        compare(found, GENERAL, general, other.general);
        compare(found, SEGMENTS, segments, other.segments);
        compare(found, "EIP", eip, other.eip);
        if (!Departures.dropsAtFault(vector, "FLAGS")) {
            compare(found, "EFLAGS", eflags & ~anyFlags, other.eflags & ~anyFlags);
        }
        boolean lost = other.faultAddress == LOST && Departures.dropsAtFault(vector, "CR2");
        if (vector == PAGE_FAULT && !lost) {
            compare(found, "CR2", faultAddress, other.faultAddress);
        }
        x87.differences(other.x87, found);
        compareMemory(found, other);
        return found;
    }

    /** Registers and flags in words. */
    String registers() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GENERAL.length; i++) {
            text.append(String.format("%s %08x ", GENERAL[i], general[i]));
        }
        for (int i = 0; i < SEGMENTS.length; i++) {
            text.append(String.format("%s %04x ", SEGMENTS[i], segments[i]));
        }
        return text.append(String.format("EIP %08x EFLAGS %08x ", eip, eflags))
                .append(x87.registers())
                .toString();
    }

    private static void compare(List<String> found, String[] names, int[] a, int[] b) {
        for (int i = 0; i < names.length; i++) {
            compare(found, names[i], a[i], b[i]);
        }
    }

    static void compare(List<String> found, String name, int a, int b) {
        if (a != b) {
            found.add(String.format("%s %08x and %08x", name, a, b));
        }
    }

    private void compareMemory(List<String> found, Outcome other) {
        int any = Departures.dropsAtFault(vector, "DIRTY") ? ACCESSED | DIRTY : ACCESSED;
        int named = 0;
        int at = Layout.differ(memory, other.memory, 0);
        while (at >= 0 && named < BYTES_NAMED) {
            boolean table = at >= Layout.DIRECTORY && at < Layout.TABLES_END;
            if (!table || ((memory[at] ^ other.memory[at]) & ~any) != 0) {
                found.add(String.format("byte %05x %02x and %02x", at, memory[at], other.memory[at]));
                named++;
            }
            at = Layout.differ(memory, other.memory, at + 1);
        }
    }
}
