package org.orrery.cpu;

/**
 * Shifts and rotates. Counts are masked to five bits as the chip does; a count of zero changes nothing. OF is defined for counts of one
 * only; for larger ones it is given by the same formula, which is what the chip does as far as is known (inferred).
 */
final class Shifts {
    static final int ROL = 0;
    static final int ROR = 1;
    static final int RCL = 2;
    static final int RCR = 3;
    static final int SHL = 4;
    static final int SHR = 5;
    static final int SAL = 6;
    static final int SAR = 7;

    private Shifts() {}

    static int operate(Flags f, int operation, int value, int count, int shift) {
        int n = count & 31;
        if (n == 0) {
            return value;
        }
        return switch (operation) {
            case ROL -> rotateLeft(f, value, n, shift);
            case ROR -> rotateRight(f, value, n, shift);
            case RCL -> rotateCarryLeft(f, value, n, shift);
            case RCR -> rotateCarryRight(f, value, n, shift);
            case SHR -> shiftRight(f, value, n, shift);
            case SAR -> shiftArithmetic(f, value, n, shift);
            default -> shiftLeft(f, value, n, shift);
        };
    }

    private static int zeroExtend(int value, int shift) {
        return value << shift >>> shift;
    }

    private static boolean top(int value, int shift) {
        return value << shift < 0;
    }

    private static int rotateLeft(Flags f, int value, int n, int shift) {
        int width = 32 - shift;
        int by = n & width - 1;
        int v = zeroExtend(value, shift);
        int r = by == 0 ? v : v << by | v >>> width - by;
        f.setCarry((r & 1) != 0);
        f.setOverflow(top(r, shift) ^ (r & 1) != 0);
        return r;
    }

    private static int rotateRight(Flags f, int value, int n, int shift) {
        int width = 32 - shift;
        int by = n & width - 1;
        int v = zeroExtend(value, shift);
        int r = by == 0 ? v : v >>> by | v << width - by;
        f.setCarry(top(r, shift));
        f.setOverflow(top(r, shift) ^ top(r << 1, shift));
        return r;
    }

    private static int rotateCarryLeft(Flags f, int value, int n, int shift) {
        int width = 32 - shift;
        int by = n % (width + 1);
        long v = (long) f.carryBit() << width | zeroExtend(value, shift) & 0xFFFF_FFFFL;
        long r = by == 0 ? v : v << by | v >>> width + 1 - by;
        boolean carry = (r >>> width & 1) != 0;
        f.setCarry(carry);
        f.setOverflow(top((int) r, shift) ^ carry);
        return (int) r;
    }

    private static int rotateCarryRight(Flags f, int value, int n, int shift) {
        int width = 32 - shift;
        int by = n % (width + 1);
        long v = (long) f.carryBit() << width | zeroExtend(value, shift) & 0xFFFF_FFFFL;
        long r = by == 0 ? v : v >>> by | v << width + 1 - by;
        f.setCarry((r >>> width & 1) != 0);
        f.setOverflow(top((int) r, shift) ^ top((int) r << 1, shift));
        return (int) r;
    }

    private static int shiftLeft(Flags f, int value, int n, int shift) {
        long wide = (long) zeroExtend(value, shift) << n;
        int r = (int) wide;
        boolean carry = (wide >>> 32 - shift & 1) != 0;
        f.setLogic(r, shift);
        f.setCarry(carry);
        f.setOverflow(top(r, shift) ^ carry);
        return r;
    }

    private static int shiftRight(Flags f, int value, int n, int shift) {
        int v = zeroExtend(value, shift);
        int r = v >>> n;
        f.setLogic(r, shift);
        f.setCarry((v >>> n - 1 & 1) != 0);
        f.setOverflow(top(r << 1, shift));
        return r;
    }

    private static int shiftArithmetic(Flags f, int value, int n, int shift) {
        int v = value << shift >> shift;
        int r = v >> n;
        f.setLogic(r, shift);
        f.setCarry((v >> n - 1 & 1) != 0);
        return r;
    }

    /**
     * SHLD of 16 or 32 bits. A 16-bit count above 16 is undefined by the manual; here the bits come from the two operands in turn, as
     * on the chip as far as is known (inferred).
     */
    static int doubleLeft(Flags f, int high, int low, int count, int shift) {
        int n = count & 31;
        if (n == 0) {
            return high;
        }
        int r;
        boolean carry;
        if (shift == 0) {
            r = high << n | low >>> 32 - n;
            carry = (high >>> 32 - n & 1) != 0;
        } else {
            long v = (high & 0xFFFFL) << 32 | (low & 0xFFFFL) << 16 | high & 0xFFFFL;
            r = (int) (v << n >>> 32);
            carry = (v >>> 48 - n & 1) != 0;
        }
        f.setLogic(r, shift);
        f.setCarry(carry);
        f.setOverflow(top(r, shift) ^ top(high, shift));
        return r;
    }

    /** SHRD of 16 or 32 bits; what {@link #doubleLeft} says of counts above 16 holds here too. */
    static int doubleRight(Flags f, int low, int high, int count, int shift) {
        int n = count & 31;
        if (n == 0) {
            return low;
        }
        int r;
        boolean carry;
        if (shift == 0) {
            r = low >>> n | high << 32 - n;
            carry = (low >>> n - 1 & 1) != 0;
        } else {
            long v = (low & 0xFFFFL) << 32 | (high & 0xFFFFL) << 16 | low & 0xFFFFL;
            r = (int) (v >>> n);
            carry = (v >>> n - 1 & 1) != 0;
        }
        f.setLogic(r, shift);
        f.setCarry(carry);
        f.setOverflow(top(r, shift) ^ top(low, shift));
        return r;
    }
}
