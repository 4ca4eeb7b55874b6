package org.orrery.cpu.fuzz;

import java.util.Arrays;

/** Where things are in physical memory, and through which linear addresses code and data are seen. */
final class Layout {
    static final int SIZE = 0x10000;
    static final int PAGE = 0x1000;
    /** What sets up registers, segments and paging, and then goes to the code. */
    static final int PROLOGUE = 0x1000;
    /** A stack for the prologue's way out to ring 3. */
    static final int PROLOGUE_STACK = 0x1F00;

    static final int GDT = 0x2000;
    static final int LDT = 0x2800;
    static final int TSS = 0x2C00;
    static final int DIRECTORY = 0x3000;
    static final int LOW_TABLE = 0x4000;
    static final int DATA_TABLE = 0x5000;
    static final int CODE_TABLE = 0x6000;
    static final int TABLES_END = 0x7000;
    /** Code is put here as it is generated. */
    static final int CODE = 0x8000;

    static final int CODE_SIZE = 3 * PAGE;
    /** What instructions read and write; the last page of a view of it is for the stack. */
    static final int DATA = CODE + CODE_SIZE;

    static final int DATA_SIZE = 4 * PAGE;

    /**
     * Pages that are one after another in linear memory.
     *
     * @param linear address of the first
     * @param physical address of the first if they are where {@code order} says
     * @param order which page each is
     */
    record View(int linear, int physical, int... order) {
        int pageAddress(int page) {
            return physical + order[page] * PAGE;
        }

        int bytes() {
            return order.length * PAGE;
        }
    }

    /** Without paging, and with it where linear addresses are physical ones. */
    static final View SAME_CODE = new View(CODE, CODE, 0, 1, 2);

    static final View SAME_DATA = new View(DATA, DATA, 0, 1, 2, 3);
    /** Elsewhere, with pages in another order; some cross the reach of a page table. */
    static final View[] CODES = {new View(0x0010_0000, CODE, 2, 0, 1), new View(0x903F_F000, CODE, 1, 2, 0)};

    static final View[] DATAS = {
        new View(0x0020_0000, DATA, 3, 1, 0, 2),
        new View(0x003F_E000, DATA, 1, 0, 3, 2),
        new View(0x7FBF_E000, DATA, 2, 3, 1, 0),
        new View(0xC000_0000, DATA, 0, 2, 3, 1)
    };

    private Layout() {}

    /** The first index from which on two images differ, or -1. */
    static int differ(byte[] a, byte[] b, int from) {
        int at = Arrays.mismatch(a, from, a.length, b, from, b.length);
        return at < 0 ? -1 : from + at;
    }
}
