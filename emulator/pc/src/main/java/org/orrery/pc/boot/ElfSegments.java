package org.orrery.pc.boot;

import org.orrery.isa.elf.ElfImage;
import org.orrery.isa.elf.Segment;

/** Loads the segments of an ELF file to their physical addresses and finds where it starts. */
final class ElfSegments {
    private ElfSegments() {}

    /** Returns the physical address of the entry point, which the file gives as a virtual one. */
    static int load(ElfImage elf, Placement placement) {
        for (Segment s : elf.segments()) {
            long start = unsigned(s.physicalAddress());
            placement.claim("a segment", start, unsigned(s.memorySize()));
            placement.clearRange(start, unsigned(s.memorySize()));
            placement.put(start, s.bytes());
        }
        return entry(elf);
    }

    /** Some linkers give the entry point as a physical address already, so that is tried second. */
    private static int entry(ElfImage elf) {
        for (Segment s : elf.segments()) {
            if (contains(s.virtualAddress(), s, elf.entry())) {
                return elf.entry() - s.virtualAddress() + s.physicalAddress();
            }
        }
        for (Segment s : elf.segments()) {
            if (contains(s.physicalAddress(), s, elf.entry())) {
                return elf.entry();
            }
        }
        throw new BootException(
                elf.name(), String.format("the entry point %Xh is in none of the segments", elf.entry()));
    }

    private static boolean contains(int start, Segment s, int address) {
        return Integer.compareUnsigned(address - start, s.memorySize()) < 0;
    }

    private static long unsigned(int value) {
        return value & 0xFFFF_FFFFL;
    }
}
