package org.orrery.cpu.x87;

import static org.orrery.cpu.x87.Extended.BIAS;
import static org.orrery.cpu.x87.Extended.SIGN;
import static org.orrery.cpu.x87.Extended.isInfinite;
import static org.orrery.cpu.x87.Extended.normalExponent;
import static org.orrery.cpu.x87.Extended.normalMantissa;

import java.math.BigInteger;

/**
 * FPATAN: the angle of the point (x, y), from -pi to pi. With t the lesser coordinate divided by the greater, arctan t is that of the
 * nearest i/16 plus the arctangent of what remains, (t - i/16) / (1 + t i/16).
 */
public final class Arctangent {
    private static final int STEPS = 16;
    private static final int LOG2_STEPS = 4;
    /** Below this difference of exponents t may be above 1/32; from it on t is its own remainder. */
    private static final int NEAR = LOG2_STEPS + 2;

    /** With z = t^2 of at most 2^-10, the next term is below 2^-128. */
    private static final int TERMS = 14;

    private static final Series SERIES = new Series(TERMS, k -> BigInteger.valueOf(2L * k + 1));
    private static final Wide[] TABLE = Constants.arctangents(STEPS);

    private final Wide result = new Wide();
    private final Wide other = new Wide();
    private final Wide square = new Wide();

    /** FPATAN: arctan(y / x) in the quadrant of the point. */
    public void arctangent(Context c, int ye, long ym, int xe, long xm) {
        if (c.notNumbers(ye, ym, xe, xm) || c.denormal(ye, ym, xe, xm)) {
            return;
        }
        int sign = ye & SIGN;
        boolean left = (xe & SIGN) != 0;
        boolean yInfinite = isInfinite(ye, ym);
        boolean xInfinite = isInfinite(xe, xm);
        if (yInfinite && xInfinite) {
            diagonal(c, sign, left);
        } else if (ym == 0 || xInfinite) {
            axis(c, sign, left);
        } else if (yInfinite || xm == 0) {
            deliver(c, sign, Constants.HALF_PI);
        } else {
            finite(
                    c,
                    sign,
                    left,
                    normalExponent(ye, ym),
                    normalMantissa(ym),
                    normalExponent(xe, xm),
                    normalMantissa(xm));
        }
    }

    private void diagonal(Context c, int sign, boolean left) {
        result.set(Constants.HALF_PI);
        result.exponent--;
        if (left) {
            result.add(Constants.HALF_PI);
        }
        deliver(c, sign, result);
    }

    private static void axis(Context c, int sign, boolean left) {
        if (left) {
            deliver(c, sign, Constants.PI);
        } else {
            c.setZero(sign);
        }
    }

    /** Everything but an angle of zero is irrational. */
    private static void deliver(Context c, int sign, Wide angle) {
        c.roundFully(sign, BIAS + angle.exponent, angle.high, angle.low | 1);
    }

    private void finite(Context c, int sign, boolean left, int ye, long ym, int xe, long xm) {
        boolean steep = ye > xe || ye == xe && Long.compareUnsigned(ym, xm) > 0;
        if (steep) {
            acute(xm, ym, ye - xe);
            other.set(Constants.HALF_PI);
            if (left) {
                other.add(result);
            } else {
                other.subtract(result);
            }
            deliver(c, sign, other);
            return;
        }
        acute(ym, xm, xe - ye);
        if (left) {
            other.set(Constants.PI);
            other.subtract(result);
            deliver(c, sign, other);
        } else {
            deliver(c, sign, result);
        }
    }

    /** Puts arctan(a / (b * 2^shift)), which is at most pi/4, into the result. */
    private void acute(long a, long b, int shift) {
        int nearest = shift < NEAR ? nearestStep(a, b, shift) : 0;
        result.set(-shift, a, 0);
        other.set(0, b, 0);
        if (nearest == 0) {
            result.divide(other);
            evaluate();
            return;
        }
        boolean above = remainder(nearest, a, b, shift);
        if (result.high == 0) {
            result.set(TABLE[nearest]);
            return;
        }
        result.divide(other);
        evaluate();
        other.set(TABLE[nearest]);
        if (above) {
            other.add(result);
        } else {
            other.subtract(result);
        }
        result.set(other);
    }

    private static int nearestStep(long a, long b, int shift) {
        long x = a >>> LOG2_STEPS + 1 + shift;
        long y = b >>> 2 * LOG2_STEPS + 1;
        return (int) ((2 * x + y) / (2 * y));
    }

    /**
     * Sets result and other to numerator and denominator of what remains, (16 a - i b 2^shift) / (16 b 2^shift + i a), in units that
     * cancel; returns whether it is positive. A remainder of zero leaves {@code high} zero.
     */
    private boolean remainder(int i, long a, long b, int shift) {
        long aHigh = a >>> 64 - LOG2_STEPS;
        long aLow = a << LOG2_STEPS;
        long bHigh = shift == 0 ? 0 : b >>> 64 - shift;
        long bLow = b << shift;
        long productHigh = UInt128.multiplyHigh(bLow, i) + bHigh * i;
        long productLow = bLow * i;
        boolean above = aHigh != productHigh
                ? Long.compareUnsigned(aHigh, productHigh) > 0
                : Long.compareUnsigned(aLow, productLow) >= 0;
        long high = above ? aHigh - productHigh : productHigh - aHigh;
        long low = above ? aLow - productLow : productLow - aLow;
        boolean borrow =
                above ? Long.compareUnsigned(aLow, productLow) < 0 : Long.compareUnsigned(productLow, aLow) < 0;
        high -= borrow ? 1 : 0;
        if ((high | low) == 0) {
            result.high = 0;
            return true;
        }
        result.set(0, high, low);
        long sumLow = (bLow << LOG2_STEPS) + a * i;
        long carry = Long.compareUnsigned(sumLow, a * i) < 0 ? 1 : 0;
        long sumHigh = (bHigh << LOG2_STEPS | bLow >>> 64 - LOG2_STEPS) + UInt128.multiplyHigh(a, i) + carry;
        other.set(0, sumHigh, sumLow);
        return above;
    }

    /** Replaces the result, about 1/32 at most, by its arctangent. */
    private void evaluate() {
        square.set(result);
        square.multiply(result);
        SERIES.evaluate(square, true, other);
        result.multiply(other);
    }
}
