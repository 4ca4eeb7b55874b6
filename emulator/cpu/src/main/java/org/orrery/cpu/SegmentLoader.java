package org.orrery.cpu;

/** Loading segment registers, with the checks of protected mode. Faults carry the selector without its RPL. */
final class SegmentLoader {
    private static final int REAL_DATA =
            Segments.PRESENT | Segments.NOT_SYSTEM | Segments.READ_WRITE | Segments.ACCESSED;
    private static final int SYSTEM_LDT = 2;
    /** Setting the accessed bit of a descriptor: note 9 of Intel's clock table. */
    private static final int SET_ACCESSED = 11;

    private final Core c;
    private final Segments seg;

    SegmentLoader(Core core) {
        c = core;
        seg = core.seg;
    }

    /** MOV, POP and the like into ES, SS, DS, FS or GS. */
    void load(int segment, int selector, Descriptor d) {
        if (c.v86()) {
            loadVirtual(segment, selector);
        } else if (!c.protectedMode()) {
            loadReal(segment, selector);
        } else if (segment == Cpu.SS) {
            readStack(selector, c.cpl, GuestFault.GP, d);
            commit(segment, selector, d);
        } else if ((selector & ~3) == 0) {
            seg.set(segment, selector, 0, 0, 0);
        } else {
            readData(selector, GuestFault.GP, d);
            commit(segment, selector, d);
        }
    }

    /** Virtual 8086 mode: all is ring 3 data of 64 KB. */
    void loadVirtual(int segment, int selector) {
        seg.set(segment, selector, selector << 4, 0xFFFF, REAL_DATA | 3 << 5);
    }

    /** Far transfers of real and virtual 8086 mode. */
    void loadRealCode(int selector) {
        if (c.v86()) {
            loadVirtual(Cpu.CS, selector);
        } else {
            loadReal(Cpu.CS, selector);
        }
    }

    /** Real mode changes the base alone: limit and size stay as they were. */
    void loadReal(int segment, int selector) {
        int kept = seg.rights[segment] & (Segments.BIG | Segments.GRANULAR);
        seg.set(segment, selector, selector << 4, seg.limit[segment], REAL_DATA | kept);
    }

    /** Reads and checks the descriptor of a data segment; {@code vector} is what a bad one raises. */
    void readData(int selector, int vector, Descriptor d) {
        readOrRaise(selector, d, vector);
        int rpl = selector & 3;
        boolean levels = d.conforming() || rpl <= d.dpl() && c.cpl <= d.dpl();
        if (!d.readable() || !levels) {
            throw c.fault.of(vector, selector & ~3);
        }
        requirePresent(d, GuestFault.NP);
    }

    /** Reads and checks the descriptor of a stack segment for a privilege level; {@code vector} is what a bad one raises. */
    void readStack(int selector, int level, int vector, Descriptor d) {
        if ((selector & ~3) == 0) {
            throw c.fault.of(vector, 0);
        }
        readOrRaise(selector, d, vector);
        if ((selector & 3) != level || !d.writable() || d.dpl() != level) {
            throw c.fault.of(vector, selector & ~3);
        }
        requirePresent(d, GuestFault.SS);
    }

    void requirePresent(Descriptor d, int vector) {
        if (!d.present()) {
            throw c.fault.of(vector, d.selector & ~3);
        }
    }

    /** Reads the descriptor of a selector that is not null; beyond the table is a general protection fault. */
    void read(int selector, Descriptor d) {
        readOrRaise(selector, d, GuestFault.GP);
    }

    void readOrRaise(int selector, Descriptor d, int vector) {
        if (!find(selector, d)) {
            throw c.fault.of(vector, selector & ~3);
        }
    }

    /** Reads a descriptor if its table has it. */
    boolean find(int selector, Descriptor d) {
        boolean local = (selector & 4) != 0;
        int tableBase = local ? seg.base[Segments.LDTR] : c.gdtBase;
        int tableLimit = local ? seg.limit[Segments.LDTR] : c.gdtLimit;
        boolean usable = !local || (seg.rights[Segments.LDTR] & Segments.PRESENT) != 0;
        if (!usable || Integer.compareUnsigned(selector | 7, tableLimit) > 0) {
            return false;
        }
        d.selector = selector;
        d.at = tableBase + (selector & ~7);
        d.set(c.mmu.systemRead64(d.at));
        return true;
    }

    /** Marks the descriptor accessed if it is not yet, and fills the segment register. */
    void commit(int segment, int selector, Descriptor d) {
        if (!d.system() && (d.rights() & Segments.ACCESSED) == 0) {
            c.mmu.systemUpdate(d.at + 5, (d.high >>> 8 | Segments.ACCESSED) & 0xFF, SET_ACCESSED);
            d.high |= Segments.ACCESSED << 8;
        }
        seg.set(segment, selector, d.base(), d.limit(), d.rights());
    }

    /** LLDT. */
    void loadLdt(int selector, Descriptor d) {
        if ((selector & ~3) == 0) {
            seg.set(Segments.LDTR, selector, 0, 0, 0);
            return;
        }
        readGlobal(selector, d);
        if (!d.system() || d.systemType() != SYSTEM_LDT) {
            throw c.general(selector & ~3);
        }
        requirePresent(d, GuestFault.NP);
        seg.set(Segments.LDTR, selector, d.base(), d.limit(), d.rights());
    }

    /** LTR: an available TSS, which becomes busy. */
    void loadTask(int selector, Descriptor d) {
        if ((selector & ~3) == 0) {
            throw c.general(0);
        }
        readGlobal(selector, d);
        boolean available = d.system() && (d.systemType() == 1 || d.systemType() == 9);
        if (!available) {
            throw c.general(selector & ~3);
        }
        requirePresent(d, GuestFault.NP);
        d.high |= 2 << 8;
        c.mmu.systemUpdate(d.at + 5, d.high >>> 8 & 0xFF, 0);
        seg.set(Segments.TR, selector, d.base(), d.limit(), d.rights());
    }

    private void readGlobal(int selector, Descriptor d) {
        if ((selector & 4) != 0) {
            throw c.general(selector & ~3);
        }
        read(selector, d);
    }
}
