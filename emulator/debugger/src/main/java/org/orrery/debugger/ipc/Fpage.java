package org.orrery.debugger.ipc;

/**
 * A flexpage of L4 Version 2 as one dword, high bit first: {@code page:20, zero:4, size:6, write:1, grant:1}; size is the log2 of the
 * bytes, 12 to 32.
 */
public record Fpage(int word) {
    private static final int PAGE = 12;
    private static final int WHOLE = 32;

    /** Linear address of the first byte. */
    public int base() {
        return word & ~0xFFF;
    }

    /** log2 of the size in bytes. */
    public int sizeLog2() {
        return word >>> 2 & 0x3F;
    }

    public boolean write() {
        return (word & 2) != 0;
    }

    public boolean grant() {
        return (word & 1) != 0;
    }

    public boolean isNil() {
        return word == 0;
    }

    public boolean isWhole() {
        return sizeLog2() == WHOLE;
    }

    /** For a page that is sent, with what the receiver may do with it: {@code 00400000+4K read-write map}. */
    @Override
    public String toString() {
        return isNil() ? "nil" : window() + (write() ? " read-write" : " read-only") + (grant() ? " grant" : " map");
    }

    /** Whether it stands for I/O ports, as it does with all ones on top: the port is in bits 12 to 27, the size counts ports. */
    public boolean isPorts() {
        return word >>> 28 == 0xF && !isWhole();
    }

    /** Address and size alone, for a receive window, where the rights mean nothing. */
    public String window() {
        if (isNil()) {
            return "nil";
        }
        if (isPorts()) {
            return String.format("ports %04x+%d", word >>> 12 & 0xFFFF, 1L << Math.min(sizeLog2(), 16));
        }
        return isWhole() ? "whole space" : String.format("%08x+%s", base(), size(sizeLog2()));
    }

    private static String size(int log2) {
        if (log2 < PAGE || log2 > WHOLE) {
            return "2^" + log2 + " bytes (no valid size)";
        }
        int unit = Math.min(log2 / 10, 3);
        return (1 << log2 - 10 * unit) + "BKMG".substring(unit, unit + 1);
    }
}
