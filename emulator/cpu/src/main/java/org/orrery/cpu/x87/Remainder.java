package org.orrery.cpu.x87;

import static org.orrery.cpu.x87.Extended.SIGN;
import static org.orrery.cpu.x87.Extended.isInfinite;
import static org.orrery.cpu.x87.Extended.isZero;
import static org.orrery.cpu.x87.Extended.normalExponent;
import static org.orrery.cpu.x87.Extended.normalMantissa;

/**
 * The exact remainders FPREM (quotient truncated) and FPREM1 (quotient to nearest). If the exponents differ by 64 or more, one call
 * reduces the difference by 32 to 63 only and reports {@link Context#incomplete}. The manual leaves the choice in that range open; here
 * it makes the difference a multiple of 32, as Intel's later chips are known to do.
 */
public final class Remainder {
    private static final int ONE_STEP = 64;

    private Remainder() {}

    /** FPREM. */
    public static void truncating(Context c, int ae, long am, int be, long bm) {
        remainder(c, ae, am, be, bm, false);
    }

    /** FPREM1, the remainder of IEEE 754. */
    public static void nearest(Context c, int ae, long am, int be, long bm) {
        remainder(c, ae, am, be, bm, true);
    }

    private static void remainder(Context c, int ae, long am, int be, long bm, boolean toNearest) {
        if (c.notNumbers(ae, am, be, bm)) {
            return;
        }
        if (isInfinite(ae, am) || isZero(be, bm)) {
            c.invalid();
        } else if (c.denormal(ae, am, be, bm)) {
            return;
        } else if (am == 0) {
            c.quotient = 0;
            c.set(ae, am);
        } else if (isInfinite(be, bm)) {
            c.quotient = 0;
            c.roundFully(ae & SIGN, normalExponent(ae, am), normalMantissa(am), 0);
        } else {
            reduce(
                    c,
                    ae & SIGN,
                    normalExponent(ae, am),
                    normalMantissa(am),
                    normalExponent(be, bm),
                    normalMantissa(bm),
                    toNearest);
        }
    }

    private static void reduce(Context c, int sign, int ea, long a, int eb, long b, boolean toNearest) {
        int difference = ea - eb;
        c.quotient = 0;
        if (difference < -1 || difference < 0 && !toNearest) {
            c.roundFully(sign, ea, a, 0);
            return;
        }
        if (difference < 0) {
            reduceHalf(c, sign, ea, a, b);
            return;
        }
        c.incomplete = difference >= ONE_STEP;
        int steps = c.incomplete ? difference & 31 | 32 : difference;
        long quotient = 0;
        long rest = a;
        boolean carry = false;
        for (int i = 0; i <= steps; i++) {
            quotient <<= 1;
            if (carry || Long.compareUnsigned(rest, b) >= 0) {
                rest -= b;
                quotient++;
            }
            carry = rest < 0 && i < steps;
            rest = i < steps ? rest << 1 : rest;
        }
        if (c.incomplete) {
            deliver(c, sign, ea - steps, rest);
            return;
        }
        int order = Long.compareUnsigned(rest, b - rest);
        if (toNearest && rest != 0 && (order > 0 || order == 0 && (quotient & 1) != 0)) {
            rest = b - rest;
            sign ^= SIGN;
            quotient++;
        }
        c.quotient = (int) quotient & 7;
        deliver(c, sign, eb, rest);
    }

    /** FPREM1 of a dividend between a quarter of the divisor and the divisor: the quotient is 0 or 1. */
    private static void reduceHalf(Context c, int sign, int ea, long a, long b) {
        if (Long.compareUnsigned(a, b) > 0) {
            c.quotient = 1;
            deliver(c, sign ^ SIGN, ea, b - a + b);
        } else {
            c.roundFully(sign, ea, a, 0);
        }
    }

    /** An exact result: it can underflow, but not be inexact. */
    private static void deliver(Context c, int sign, int exponent, long rest) {
        if (rest == 0) {
            c.setZero(sign);
        } else {
            c.roundFully(sign, exponent - Long.numberOfLeadingZeros(rest), normalMantissa(rest), 0);
        }
    }
}
