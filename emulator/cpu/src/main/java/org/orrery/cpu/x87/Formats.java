package org.orrery.cpu.x87;

import static org.orrery.cpu.x87.Extended.BIAS;
import static org.orrery.cpu.x87.Extended.EXPONENT;
import static org.orrery.cpu.x87.Extended.INTEGER_BIT;
import static org.orrery.cpu.x87.Extended.SIGN;
import static org.orrery.cpu.x87.Extended.normalExponent;
import static org.orrery.cpu.x87.Extended.normalMantissa;

/**
 * Conversion between extended values and the formats of memory: single and double reals, integers, packed decimals. After a conversion to
 * memory {@link Context#storeSuppressed} tells whether there is anything to store.
 */
public final class Formats {
    private static final int SINGLE_BITS = 24;
    private static final int SINGLE_BIAS = 127;
    private static final int DOUBLE_BITS = 53;
    private static final int DOUBLE_BIAS = 1023;

    private static final int DECIMAL_DIGITS = 18;
    private static final long DECIMAL_TOP = 999_999_999_999_999_999L;

    private Formats() {}

    /** FLD of a single. */
    public static void fromSingle(Context c, int value) {
        widenSingle(c, value);
        settle(c);
    }

    /** FLD of a double. */
    public static void fromDouble(Context c, long value) {
        widenDouble(c, value);
        settle(c);
    }

    private static void settle(Context c) {
        if (!c.notNumber(c.exponent, c.mantissa)) {
            c.denormal(c.exponent, c.mantissa);
        }
    }

    /** Widens a single that is an operand: it may be a signaling NaN still, or count as a denormal. */
    public static void widenSingle(Context c, int value) {
        widen(c, value >>> 16 & SIGN, value >>> 23 & 0xFF, (long) value << 41 >>> 1, SINGLE_BIAS);
    }

    /** Widens a double that is an operand. */
    public static void widenDouble(Context c, long value) {
        widen(c, (int) (value >>> 48) & SIGN, (int) (value >>> 52) & 0x7FF, value << 12 >>> 1, DOUBLE_BIAS);
    }

    private static void widen(Context c, int sign, int biased, long fraction, int bias) {
        if (biased == 2 * bias + 1) {
            c.set(sign | EXPONENT, fraction | INTEGER_BIT);
        } else if (biased != 0) {
            c.set(sign | biased - bias + BIAS, fraction | INTEGER_BIT);
        } else if (fraction == 0) {
            c.setZero(sign);
        } else {
            int left = Long.numberOfLeadingZeros(fraction);
            c.widenedDenormal();
            c.set(sign | 1 - left - bias + BIAS, fraction << left);
        }
    }

    /** Narrows to a single, rounding. */
    public static int toSingle(Context c, int e, long m) {
        int sign = narrow(c, e, m, SINGLE_BITS, SINGLE_BIAS);
        return sign << 16 | c.exponent << 23 | (int) (c.mantissa << 1 >>> 41);
    }

    /** Narrows to a double, rounding. */
    public static long toDouble(Context c, int e, long m) {
        int sign = narrow(c, e, m, DOUBLE_BITS, DOUBLE_BIAS);
        return (long) sign << 48 | (long) c.exponent << 52 | c.mantissa << 1 >>> 12;
    }

    /** Leaves exponent and mantissa of the narrow format in the context; returns the sign. */
    private static int narrow(Context c, int e, long m, int bits, int bias) {
        int special = 2 * bias + 1;
        if (c.notNumber(e, m)) {
            int sign = c.exponent & SIGN;
            c.exponent = special;
            return sign;
        }
        if ((e & EXPONENT) == EXPONENT) {
            c.set(special, m);
        } else if (m == 0) {
            c.setZero(0);
        } else {
            c.roundToFormat(e & SIGN, normalExponent(e, m) - BIAS + bias, normalMantissa(m), 0, bits, special - 1);
        }
        return e & SIGN;
    }

    /** An integer as an extended value, always exact. */
    public static void fromInteger(Context c, long value) {
        if (value == 0) {
            c.setZero(0);
        } else {
            fromMagnitude(c, value < 0 ? SIGN : 0, Math.abs(value));
        }
    }

    private static void fromMagnitude(Context c, int sign, long magnitude) {
        int left = Long.numberOfLeadingZeros(magnitude);
        c.set(sign | BIAS + 63 - left, magnitude << left);
    }

    /** Rounds to an integer of 16, 32 or 64 bits; what does not fit is invalid and becomes the most negative one. */
    public static long toInteger(Context c, int e, long m, int bits) {
        long most = 1L << bits - 1;
        boolean negative = (e & SIGN) != 0;
        if (!roundMagnitude(c, e, m) || Long.compareUnsigned(c.mantissa, negative ? most : most - 1) > 0) {
            c.invalid();
            return -most;
        }
        return negative ? -c.mantissa : c.mantissa;
    }

    /** Rounds the magnitude to an integer below 2^64 in the context's mantissa; returns false if it is not a number below that. */
    private static boolean roundMagnitude(Context c, int e, long m) {
        int below = BIAS + 63 - (e & EXPONENT);
        if (below < 0 || Extended.isUnsupported(e, m)) {
            return false;
        }
        c.roundToInteger(e & SIGN, UInt128.shiftedHigh(m, below), UInt128.shiftedLow(m, 0, below));
        return true;
    }

    /**
     * Widens 18 packed decimal digits. Digits above nine count for what they are (the manual leaves them undefined).
     *
     * @param low the 16 lower digits
     * @param high sign in bit 15, the two upper digits in the low byte
     */
    public static void fromDecimal(Context c, long low, int high) {
        long value = 0;
        for (int i = DECIMAL_DIGITS - 1; i >= 0; i--) {
            long digit = i >= 16 ? high >>> 4 * (i - 16) : low >>> 4 * i;
            value = 10 * value + (digit & 15);
        }
        if (value == 0) {
            c.setZero(high & SIGN);
        } else {
            fromMagnitude(c, high & SIGN, value);
        }
    }

    /** Rounds to a packed decimal: returns the 16 lower digits; the context's exponent receives sign and upper digits. */
    public static long toDecimal(Context c, int e, long m) {
        if (!roundMagnitude(c, e, m) || Long.compareUnsigned(c.mantissa, DECIMAL_TOP) > 0) {
            c.invalid();
            return c.mantissa;
        }
        long rest = c.mantissa;
        long low = 0;
        for (int i = 0; i < 64; i += 4) {
            low |= rest % 10 << i;
            rest /= 10;
        }
        c.set(e & SIGN | (int) (rest / 10 << 4 | rest % 10), low);
        return low;
    }

    /** FRNDINT: rounds to an integral value. */
    public static void toIntegral(Context c, int e, long m) {
        if (c.notNumber(e, m)) {
            return;
        }
        int below = BIAS + 63 - (e & EXPONENT);
        if (below <= 0 || m == 0) {
            c.set(e, m);
        } else if (!c.denormal(e, m)) {
            roundMagnitude(c, e, m);
            if (c.mantissa == 0) {
                c.setZero(e & SIGN);
            } else {
                fromMagnitude(c, e & SIGN, c.mantissa);
            }
        }
    }
}
