package org.orrery.pc.boot;

import org.orrery.cpu.Cpu;
import org.orrery.pc.Machine;

/** The state of the CPU when a guest gets it. Caches are on, as firmware leaves them. */
final class EntryState {
    /** Below it there is room for a stack: 28 KB down to the BIOS's data. */
    static final int STACK = 0x7C00;

    private static final int CR0_PE = 1;
    private static final int CR0_ET = 0x10;
    private static final int FLAGS = 2;
    private static final int FLAT_CODE = 0xC09B;
    private static final int FLAT_DATA = 0xC093;
    private static final int REAL_SEGMENT = 0x0093;

    private EntryState() {}

    /** 32-bit protected mode, flat segments, no paging, interrupts off, A20 open: what the multiboot specification asks for. */
    static void flat32(Machine machine, int entry) {
        Cpu cpu = machine.cpu();
        machine.memory().setA20(true);
        cpu.setControl(0, CR0_PE | CR0_ET);
        for (int segment = Cpu.ES; segment <= Cpu.GS; segment++) {
            cpu.setSegment(segment, 0x10, 0, ~0, FLAT_DATA);
        }
        cpu.setSegment(Cpu.CS, 0x08, 0, ~0, FLAT_CODE);
        cpu.setEflags(FLAGS);
        cpu.setRegister(Cpu.ESP, STACK);
        cpu.setEip(entry);
    }

    /** Real mode with the stack under 7C00h. */
    static void real(Machine machine, int segment, int offset, int dataSegment) {
        Cpu cpu = machine.cpu();
        cpu.setControl(0, CR0_ET);
        for (int s = Cpu.ES; s <= Cpu.GS; s++) {
            int selector = s == Cpu.CS ? segment : s == Cpu.SS ? 0 : dataSegment;
            cpu.setSegment(s, selector, selector << 4, 0xFFFF, REAL_SEGMENT);
        }
        cpu.setEflags(FLAGS);
        cpu.setRegister(Cpu.ESP, STACK);
        cpu.setEip(offset);
    }
}
