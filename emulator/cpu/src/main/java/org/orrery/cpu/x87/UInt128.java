package org.orrery.cpu.x87;

/** Products and quotients of unsigned 64-bit numbers at double width, and shifts of such numbers. */
final class UInt128 {
    private static final long LOW_HALF = 0xFFFF_FFFFL;

    private UInt128() {}

    /** The upper 64 bits of the 128-bit product. */
    static long multiplyHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + (a >> 63 & b) + (b >> 63 & a);
    }

    /**
     * The 64-bit quotient of a 128-bit dividend; the remainder is {@code low - quotient * divisor}. Two steps of long division in base
     * 2^32 (Knuth, algorithm D).
     *
     * @param high less than the divisor
     * @param divisor with its top bit set
     */
    static long divide(long high, long low, long divisor) {
        long upper = digit(high, low >>> 32, divisor);
        long rest = (high << 32 | low >>> 32) - upper * divisor;
        return upper << 32 | digit(rest, low & LOW_HALF, divisor);
    }

    /** One digit of base 2^32: {@code (rest * 2^32 + next) / divisor}. The estimate is at most 2 too large. */
    private static long digit(long rest, long next, long divisor) {
        long top = divisor >>> 32;
        long bottom = divisor & LOW_HALF;
        long digit = Long.divideUnsigned(rest, top);
        long remainder = rest - digit * top;
        while (digit > LOW_HALF || Long.compareUnsigned(digit * bottom, remainder << 32 | next) > 0) {
            digit--;
            remainder += top;
            if (remainder > LOW_HALF) {
                break;
            }
        }
        return digit;
    }

    /** The upper half of a 128-bit number shifted to the right. */
    static long shiftedHigh(long high, int shift) {
        return shift < 64 ? high >>> shift : 0;
    }

    /** The lower half of a 128-bit number shifted to the right, its lowest bit set if any bit fell off. */
    static long shiftedLow(long high, long low, int shift) {
        if (shift == 0) {
            return low;
        }
        if (shift < 64) {
            return high << -shift | low >>> shift | (low << -shift != 0 ? 1 : 0);
        }
        if (shift == 64) {
            return high | (low != 0 ? 1 : 0);
        }
        if (shift < 128) {
            return high >>> shift | (high << -shift != 0 || low != 0 ? 1 : 0);
        }
        return (high | low) != 0 ? 1 : 0;
    }
}
