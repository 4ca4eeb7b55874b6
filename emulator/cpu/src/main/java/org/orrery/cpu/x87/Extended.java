package org.orrery.cpu.x87;

/**
 * The 80-bit extended format: an int with the sign in bit 15 and the biased exponent in bits 14 to 0, and the 64-bit mantissa, whose top
 * bit is the integer bit.
 */
public final class Extended {
    public static final int SIGN = 0x8000;
    public static final int EXPONENT = 0x7FFF;
    public static final int BIAS = 0x3FFF;
    public static final long INTEGER_BIT = 1L << 63;

    /** The quiet NaN that stands for "real indefinite": the masked response to an invalid operation. */
    public static final int INDEFINITE_EXPONENT = 0xFFFF;

    public static final long INDEFINITE_MANTISSA = 3L << 62;

    static final long QUIET_BIT = 1L << 62;

    /** Bits of the status word that FXAM and the comparisons set. */
    static final int C0 = 1 << 8;

    static final int C1 = 1 << 9;
    static final int C2 = 1 << 10;
    static final int C3 = 1 << 14;

    private Extended() {}

    /** Unnormals, pseudo-NaNs and pseudo-infinities: the 387 and its successors take them for invalid operands. */
    static boolean isUnsupported(int exponent, long mantissa) {
        return (exponent & EXPONENT) != 0 && mantissa >= 0;
    }

    static boolean isNaN(int exponent, long mantissa) {
        return (exponent & EXPONENT) == EXPONENT && mantissa < 0 && mantissa << 1 != 0;
    }

    static boolean isSignaling(int exponent, long mantissa) {
        return isNaN(exponent, mantissa) && (mantissa & QUIET_BIT) == 0;
    }

    static boolean isInfinite(int exponent, long mantissa) {
        return (exponent & EXPONENT) == EXPONENT && mantissa == INTEGER_BIT;
    }

    static boolean isZero(int exponent, long mantissa) {
        return (exponent & EXPONENT) == 0 && mantissa == 0;
    }

    /** Denormals and pseudo-denormals. */
    static boolean isDenormal(int exponent, long mantissa) {
        return (exponent & EXPONENT) == 0 && mantissa != 0;
    }

    /** The biased exponent that a finite number has once its mantissa is normalized; 0 and less for denormals. */
    static int normalExponent(int exponent, long mantissa) {
        int biased = exponent & EXPONENT;
        return biased != 0 ? biased : 1 - Long.numberOfLeadingZeros(mantissa);
    }

    /** The mantissa of a finite number, normalized. */
    static long normalMantissa(long mantissa) {
        return mantissa << Long.numberOfLeadingZeros(mantissa);
    }

    /** What FXAM finds, as the condition bits of the status word; C1 is the sign. */
    public static int examine(int exponent, long mantissa) {
        int sign = (exponent & SIGN) != 0 ? C1 : 0;
        if (isUnsupported(exponent, mantissa)) {
            return sign;
        }
        return sign
                | switch (exponent & EXPONENT) {
                    case 0 -> mantissa == 0 ? C3 : C3 | C2;
                    case EXPONENT -> mantissa == INTEGER_BIT ? C2 | C0 : C0;
                    default -> C2;
                };
    }

    /** The two bits that the tag word shows for a register in use: 0 valid, 1 zero, 2 anything else. */
    public static int tag(int exponent, long mantissa) {
        if (isZero(exponent, mantissa)) {
            return 1;
        }
        int biased = exponent & EXPONENT;
        return biased == 0 || biased == EXPONENT || mantissa >= 0 ? 2 : 0;
    }
}
