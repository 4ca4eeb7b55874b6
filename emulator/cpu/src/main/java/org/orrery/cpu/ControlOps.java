package org.orrery.cpu;

import org.orrery.isa.Clock;

/** Control registers, and what maintains TLB and cache. */
final class ControlOps {
    private static final int CR0_BITS = Core.CR0_PE
            | Core.CR0_MP
            | Core.CR0_EM
            | Core.CR0_TS
            | Core.CR0_NE
            | Core.CR0_WP
            | Core.CR0_AM
            | Core.CR0_NW
            | Core.CR0_CD
            | Core.CR0_PG;
    private static final int STATUS_WORD = 15;
    /** The first of the test registers of the TLB; those before it are the cache's. */
    private static final int TLB_TEST = 6;

    private final Core c;

    ControlOps(Core core) {
        c = core;
    }

    void store(Uop u) {
        c.requireCpl0();
        c.r[u.dst] = switch (u.src) {
            case 0 -> c.cr0;
            case 2 -> c.mmu.faultAddress;
            default -> c.mmu.directory();
        };
    }

    void load(Uop u) {
        c.requireCpl0();
        int value = c.r[u.dst];
        switch (u.src) {
            case 0 -> setCr0(value);
            case 2 -> c.mmu.faultAddress = value;
            default -> c.mmu.setDirectory(value);
        }
    }

    /** Paging without protection, and NW without CD, are general protection faults; ET is always set. */
    void setCr0(int value) {
        boolean pagingAlone = (value & Core.CR0_PG) != 0 && (value & Core.CR0_PE) == 0;
        boolean writeThroughAlone = (value & Core.CR0_NW) != 0 && (value & Core.CR0_CD) == 0;
        if (pagingAlone || writeThroughAlone) {
            throw c.general(0);
        }
        int old = c.cr0;
        c.cr0 = value & CR0_BITS | Core.CR0_ET;
        if (((old ^ value) & Core.CR0_PG) != 0) {
            c.mmu.tlb.flush();
        }
        c.mmu.paging = (value & Core.CR0_PG) != 0;
        c.mmu.setWriteProtect((value & Core.CR0_WP) != 0);
        c.mmu.bus.setCacheMode((value & Core.CR0_CD) != 0, (value & Core.CR0_NW) != 0);
        c.mmu.lines.setWritesStay((value & Core.CR0_NW) != 0);
        c.controlFlagsChanged();
    }

    /** LMSW changes PE, MP, EM and TS, and cannot clear PE. */
    void loadStatusWord(int value) {
        c.requireCpl0();
        int sticky = c.cr0 & Core.CR0_PE;
        setCr0(c.cr0 & ~STATUS_WORD | value & STATUS_WORD | sticky);
    }

    void clearTaskSwitched() {
        c.requireCpl0();
        c.cr0 &= ~Core.CR0_TS;
    }

    void invalidateCache() {
        c.requireCpl0();
        c.mmu.bus.invalidate();
    }

    void invalidatePage(Uop u, int linear) {
        c.requireCpl0();
        c.charge(u.form, c.mmu.tlb.invalidate(linear) ? Clock.TAKEN : Clock.NOT_TAKEN);
    }

    /** TR3 to TR5 look into the cache, TR6 and TR7 into the TLB. */
    void storeTest(Uop u) {
        c.requireCpl0();
        c.r[u.dst] = u.src < TLB_TEST ? c.mmu.cacheTest.read(u.src) : c.mmu.tlbTest.read(u.src);
    }

    void loadTest(Uop u) {
        c.requireCpl0();
        int value = c.r[u.dst];
        if (u.src < TLB_TEST) {
            c.mmu.cacheTest.write(u.src, value);
        } else {
            c.mmu.tlbTest.write(u.src, value);
        }
    }
}
