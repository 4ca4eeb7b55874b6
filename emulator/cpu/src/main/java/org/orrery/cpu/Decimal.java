package org.orrery.cpu;

/** The decimal adjustments: each takes AX and returns it adjusted. */
final class Decimal {
    private Decimal() {}

    static int daa(Flags f, int ax) {
        int al = ax & 0xFF;
        boolean carry = f.carry();
        boolean low = (al & 15) > 9 || f.adjust();
        boolean high = al > 0x99 || carry;
        int r = al + (low ? 6 : 0) + (high ? 0x60 : 0) & 0xFF;
        return finish(f, ax, r, low, high);
    }

    static int das(Flags f, int ax) {
        int al = ax & 0xFF;
        boolean carry = f.carry();
        boolean low = (al & 15) > 9 || f.adjust();
        boolean high = al > 0x99 || carry;
        int r = al - (low ? 6 : 0) - (high ? 0x60 : 0) & 0xFF;
        return finish(f, ax, r, low, high || low && al < 6);
    }

    private static int finish(Flags f, int ax, int al, boolean adjust, boolean carry) {
        f.setLogic(al, 24);
        f.setAdjust(adjust);
        f.setCarry(carry);
        f.setOverflow(false);
        return ax & ~0xFF | al;
    }

    static int aaa(Flags f, int ax) {
        boolean adjust = (ax & 15) > 9 || f.adjust();
        return unpack(f, adjust ? ax + 0x106 : ax, adjust);
    }

    static int aas(Flags f, int ax) {
        boolean adjust = (ax & 15) > 9 || f.adjust();
        return unpack(f, adjust ? ax - 0x106 : ax, adjust);
    }

    private static int unpack(Flags f, int ax, boolean adjust) {
        f.setLogic(ax, 24);
        f.setAdjust(adjust);
        f.setCarry(adjust);
        f.setOverflow(false);
        return ax & 0xFF0F;
    }

    /** AAM by a base that is not zero. */
    static int aam(Flags f, int ax, int base) {
        int al = ax & 0xFF;
        int r = al / base << 8 | al % base;
        f.setLogic(r, 24);
        return r;
    }

    static int aad(Flags f, int ax, int base) {
        int r = (ax >> 8 & 0xFF) * base + (ax & 0xFF) & 0xFF;
        f.setLogic(r, 24);
        return r;
    }
}
