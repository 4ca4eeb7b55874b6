package org.orrery.cpu;

/**
 * Hardware task switches, by far JMP and CALL, by interrupts through a task gate, and by IRET with NT set; 286 and 486 task state segments.
 * Until the new task's registers are loaded a fault leaves the old task as it was; the checks on its segments come after that and raise
 * their faults in the new task.
 */
final class TaskSwitch {
    /** How the switch comes about. */
    enum Reason {
        JUMP,
        /** Far CALL, or an interrupt: the new task is nested in the old one. */
        CALL,
        RETURN
    }

    /** Clocks that go with each register saved, and how many are: 16 in a 486 TSS. */
    private static final int SAVE_CLOCKS = 2;

    private static final int SAVED = 16;

    /**
     * What the switch itself takes, by the kind of the new TSS; the form that asked for it adds its own clocks. Source: task switch rows of
     * Intel's clock table.
     */
    private static final int TO_486_CLOCKS = 162;

    private static final int TO_286_CLOCKS = 143;
    private static final int TO_V86_CLOCKS = 140;

    private static final int BUSY = 2;
    private static final int TYPE_486 = 8;
    private static final int LIMIT_486 = 103;
    private static final int LIMIT_286 = 43;
    private static final int BACK_LINK = 0;
    private static final int[] SEGMENT_ORDER = {Cpu.ES, Cpu.CS, Cpu.SS, Cpu.DS, Cpu.FS, Cpu.GS};

    private final Core c;
    private final Segments seg;
    private final SegmentLoader loader;
    private final Descriptor target = new Descriptor();
    private final Descriptor scratch = new Descriptor();
    private final int[] registers = new int[8];
    private final int[] selectors = new int[6];

    TaskSwitch(Core core, SegmentLoader loader) {
        c = core;
        seg = core.seg;
        this.loader = loader;
    }

    /** Switches to the task of a TSS selector, which must name an available TSS in the GDT (a busy one for RETURN). */
    void to(int selector, Reason reason) {
        int vector = reason == Reason.RETURN ? GuestFault.TS : GuestFault.GP;
        if ((selector & 4) != 0 || (selector & ~3) == 0 || !loader.find(selector, target)) {
            throw c.fault.of(vector, selector & ~3);
        }
        int type = target.systemType();
        boolean busy = reason == Reason.RETURN;
        if (!target.system() || (type & 5) != 1 || (type & BUSY) != 0 != busy) {
            throw c.fault.of(vector, selector & ~3);
        }
        loader.requirePresent(target, GuestFault.NP);
        boolean wide = (type & TYPE_486) != 0;
        if (Integer.compareUnsigned(target.limit(), wide ? LIMIT_486 : LIMIT_286) < 0) {
            throw c.fault.of(GuestFault.TS, selector & ~3);
        }
        perform(selector, reason, wide);
    }

    private void perform(int selector, Reason reason, boolean wide) {
        int oldSelector = seg.selector[Segments.TR];
        int base = target.base();
        boolean oldWide = (seg.rights[Segments.TR] & TYPE_486) != 0;
        probe(seg.base[Segments.TR], oldWide ? LIMIT_486 : LIMIT_286);
        probe(base, wide ? LIMIT_486 : LIMIT_286);
        int eflags = read(base, wide, 0x24, 0x10);
        int eip = read(base, wide, 0x20, 0x0E);
        int directory = wide ? c.mmu.systemRead32(base + 0x1C) : 0;
        int ldt = c.mmu.systemRead16(base + (wide ? 0x60 : 0x2A));
        boolean trap = wide && (c.mmu.systemRead16(base + 0x64) & 1) != 0;
        readRegisters(base, wide);

        saveOld(oldWide, reason == Reason.RETURN);
        if (reason != Reason.CALL) {
            setBusy(oldSelector, false);
        } else {
            save(base + BACK_LINK, 2, oldSelector);
            eflags |= Flags.NT;
        }
        if (reason != Reason.RETURN) {
            target.high |= BUSY << 8;
            c.mmu.systemUpdate(target.at + 5, target.high >>> 8 & 0xFF, 0);
        }
        seg.set(Segments.TR, selector, base, target.limit(), target.rights() | BUSY);
        c.cr0 |= Core.CR0_TS;
        if (wide && c.mmu.paging) {
            c.mmu.setDirectory(directory);
        }
        int clocks = !wide ? TO_286_CLOCKS : (eflags & Flags.VM) != 0 ? TO_V86_CLOCKS : TO_486_CLOCKS;
        c.ledger.charge(Cause.EXECUTE, clocks - (SAVED + (reason == Reason.CALL ? 1 : 0)) * SAVE_CLOCKS);
        enter(eflags, eip, ldt);
        c.debug.taskSwitched(trap);
    }

    /** Makes sure that both pages of a TSS can be written before anything changes. */
    private void probe(int base, int limit) {
        int saved = c.mmu.user;
        c.mmu.user = 0;
        try {
            c.mmu.probeWrite(base, limit + 1);
        } finally {
            c.mmu.user = saved;
        }
    }

    private int read(int base, boolean wide, int at486, int at286) {
        return wide ? c.mmu.systemRead32(base + at486) : c.mmu.systemRead16(base + at286);
    }

    private void readRegisters(int base, boolean wide) {
        for (int n = 0; n < 8; n++) {
            registers[n] = read(base, wide, 0x28 + 4 * n, 0x12 + 2 * n) | (wide ? 0 : 0xFFFF_0000);
        }
        for (int s = 0; s < 6; s++) {
            selectors[s] = wide
                    ? c.mmu.systemRead16(base + 0x48 + 4 * s)
                    : s < 4 ? c.mmu.systemRead16(base + 0x22 + 2 * s) : 0;
        }
    }

    /** Selectors are stored as 16 bits; the upper halves of a 486 TSS stay as they are. */
    private void saveOld(boolean wide, boolean clearNested) {
        int base = seg.base[Segments.TR];
        int eflags = c.flags.get() & (clearNested ? ~Flags.NT : ~0);
        int size = wide ? 4 : 2;
        save(base + (wide ? 0x20 : 0x0E), size, c.eip);
        save(base + (wide ? 0x24 : 0x10), size, eflags);
        for (int n = 0; n < 8; n++) {
            save(base + (wide ? 0x28 + 4 * n : 0x12 + 2 * n), size, c.r[n]);
        }
        for (int s = 0; s < (wide ? 6 : 4); s++) {
            save(base + (wide ? 0x48 + 4 * s : 0x22 + 2 * s), 2, seg.selector[s]);
        }
        c.ledger.charge(Cause.EXECUTE, (SAVED - (wide ? 16 : 14)) * SAVE_CLOCKS);
    }

    /** Some of the clocks of the switch go with each write, so that write buffers empty in between as they do on the chip (inferred). */
    private void save(int linear, int size, int value) {
        c.mmu.systemWrite(linear, size, value);
        c.ledger.charge(Cause.EXECUTE, SAVE_CLOCKS);
    }

    private void setBusy(int selector, boolean busy) {
        if (loader.find(selector & ~7, scratch)) {
            int type = scratch.high >>> 8 & 0xFF;
            c.mmu.systemUpdate(scratch.at + 5, busy ? type | BUSY : type & ~BUSY, 0);
        }
    }

    /** Loads what was read: first everything that cannot fail, then the segments with their checks. */
    private void enter(int eflags, int eip, int ldt) {
        System.arraycopy(registers, 0, c.r, 0, 8);
        c.flags.set(eflags);
        c.controlFlagsChanged();
        boolean v86 = (eflags & Flags.VM) != 0;
        c.setCpl(v86 ? 3 : selectors[Cpu.CS] & 3);
        for (int s = 0; s < 6; s++) {
            seg.set(s, selectors[s], 0, 0, 0);
        }
        seg.set(Segments.LDTR, ldt, 0, 0, 0);
        c.jump(eip);
        c.instructionEip = eip;
        loadLdt(ldt);
        if (v86) {
            for (int s = 0; s < 6; s++) {
                loader.loadVirtual(s, selectors[s]);
            }
        } else {
            loadSegments();
        }
        if (Integer.compareUnsigned(eip, seg.limit[Cpu.CS]) > 0) {
            throw c.general(0);
        }
    }

    private void loadLdt(int selector) {
        if ((selector & ~3) == 0) {
            return;
        }
        boolean found = (selector & 4) == 0 && loader.find(selector, scratch);
        if (!found || !scratch.system() || scratch.systemType() != 2 || !scratch.present()) {
            throw c.fault.of(GuestFault.TS, selector & ~3);
        }
        seg.set(Segments.LDTR, selector, scratch.base(), scratch.limit(), scratch.rights());
    }

    private void loadSegments() {
        loadCode(selectors[Cpu.CS]);
        loader.readStack(selectors[Cpu.SS], c.cpl, GuestFault.TS, scratch);
        loader.commit(Cpu.SS, selectors[Cpu.SS], scratch);
        for (int s : SEGMENT_ORDER) {
            if (s != Cpu.CS && s != Cpu.SS && (selectors[s] & ~3) != 0) {
                loader.readData(selectors[s], GuestFault.TS, scratch);
                loader.commit(s, selectors[s], scratch);
            }
        }
    }

    private void loadCode(int selector) {
        boolean found = (selector & ~3) != 0 && loader.find(selector, scratch);
        int rpl = selector & 3;
        boolean level = found && scratch.code() && (scratch.conforming() ? scratch.dpl() <= rpl : scratch.dpl() == rpl);
        if (!level) {
            throw c.fault.of(GuestFault.TS, selector & ~3);
        }
        loader.requirePresent(scratch, GuestFault.NP);
        loader.commit(Cpu.CS, selector, scratch);
    }

    /** Pushes the error code of the exception that switched tasks on the new task's stack. */
    void pushErrorCode(int errorCode) {
        c.pushWord((seg.rights[Segments.TR] & TYPE_486) != 0 ? 32 : 16, errorCode);
    }

    /** The back link of the current TSS, for IRET. */
    int backLink() {
        return c.mmu.systemRead16(seg.base[Segments.TR] + BACK_LINK);
    }
}
