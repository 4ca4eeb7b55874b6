package org.orrery.cpu.x87;

import static org.orrery.cpu.x87.Extended.BIAS;
import static org.orrery.cpu.x87.Extended.EXPONENT;
import static org.orrery.cpu.x87.Extended.INTEGER_BIT;
import static org.orrery.cpu.x87.Extended.SIGN;
import static org.orrery.cpu.x87.Extended.isInfinite;
import static org.orrery.cpu.x87.Extended.isZero;
import static org.orrery.cpu.x87.Extended.normalExponent;
import static org.orrery.cpu.x87.Extended.normalMantissa;

import java.math.BigInteger;

/** FYL2X, FYL2XP1 and F2XM1: logarithms to the base 2, by the series of the area tangent, and powers of 2. */
public final class Logarithm {
    /** The significand of the root of 2: above it the logarithm is taken of half the significand. */
    private static final long ROOT_OF_2 = 0xB504_F333_F9DE_6484L;

    /** With z = ((m-1)/(m+1))^2 of at most 0.0295, the next term is below 2^-128. */
    private static final int LOGARITHM_TERMS = 26;
    /** With z of at most ln 2, the next term is below 2^-128. */
    private static final int POWER_TERMS = 31;

    private static final Series AREA_TANGENT = new Series(LOGARITHM_TERMS, k -> BigInteger.valueOf(2L * k + 1));
    private static final Series POWER = new Series(POWER_TERMS, k -> Series.factorial(k + 1));

    private final Wide result = new Wide();
    private final Wide denominator = new Wide();
    private final Wide square = new Wide();
    private final Wide whole = new Wide();

    /** The sign of the logarithm in {@link #result}. */
    private int sign;

    private boolean exact;

    /** FYL2X: y * log2 x. */
    public void yLog2X(Context c, int xe, long xm, int ye, long ym) {
        if (c.notNumbers(xe, xm, ye, ym)) {
            return;
        }
        boolean yInfinite = isInfinite(ye, ym);
        boolean yZero = isZero(ye, ym);
        boolean xZero = isZero(xe, xm);
        boolean negative = (xe & SIGN) != 0 && !xZero;
        boolean one = xe == BIAS && xm == INTEGER_BIT;
        if (negative || xZero && yZero || isInfinite(xe, xm) && yZero || one && yInfinite) {
            c.invalid();
        } else if (xZero && !yInfinite) {
            c.raise(Context.ZERO_DIVIDE);
            c.setInfinity(ye & SIGN ^ SIGN);
        } else if (c.denormal(xe, xm, ye, ym)) {
            return;
        } else if (yInfinite || yZero || isInfinite(xe, xm) || xZero) {
            int below = (xe & EXPONENT) < BIAS ? SIGN : 0;
            c.set(ye & SIGN ^ below | (yZero ? 0 : EXPONENT), yZero ? 0 : INTEGER_BIT);
        } else if (one) {
            c.setZero(ye & SIGN);
        } else {
            result.set(normalExponent(xe, xm) - BIAS, normalMantissa(xm), 0);
            logarithm();
            deliverProduct(c, ye, ym);
        }
    }

    /**
     * FYL2XP1: y * log2(x + 1). The manual defines it for |x| up to about 0.29; beyond, this goes on to give the logarithm as long as
     * there is one.
     */
    public void yLog2XPlus1(Context c, int xe, long xm, int ye, long ym) {
        if (c.notNumbers(xe, xm, ye, ym)) {
            return;
        }
        boolean yInfinite = isInfinite(ye, ym);
        boolean yZero = isZero(ye, ym);
        boolean xZero = isZero(xe, xm);
        boolean atMostMinusOne = (xe & SIGN) != 0 && (xe & EXPONENT) >= BIAS;
        if (atMostMinusOne || xZero && yInfinite || isInfinite(xe, xm) && yZero) {
            c.invalid();
        } else if (c.denormal(xe, xm, ye, ym)) {
            return;
        } else if (yInfinite || yZero || xZero || isInfinite(xe, xm)) {
            boolean zero = yZero || xZero;
            c.set((xe ^ ye) & SIGN | (zero ? 0 : EXPONENT), zero ? 0 : INTEGER_BIT);
        } else {
            logarithmOfPlus1(xe & SIGN, normalExponent(xe, xm) - BIAS, normalMantissa(xm));
            deliverProduct(c, ye, ym);
        }
    }

    /** The logarithm in the result times y. */
    private void deliverProduct(Context c, int ye, long ym) {
        whole.set(normalExponent(ye, ym) - BIAS, normalMantissa(ym), 0);
        result.multiply(whole);
        long low = exact ? result.low : result.low | 1;
        c.roundFully(sign ^ ye & SIGN, BIAS + result.exponent, result.high, low);
    }

    /** Replaces the number in the result, which is not 1, by the magnitude of its binary logarithm. */
    private void logarithm() {
        boolean halve = Long.compareUnsigned(result.high, ROOT_OF_2) >= 0;
        int power = halve ? result.exponent + 1 : result.exponent;
        long high = result.high;
        long low = result.low;
        exact = high == INTEGER_BIT && low == 0;
        if (exact) {
            sign = power < 0 ? SIGN : 0;
            result.set(63, Math.abs(power), 0);
            return;
        }
        if (halve) {
            denominator.set(0, high >>> 1 | INTEGER_BIT, high << 63 | low >>> 1);
            result.set(-1, -high - (low != 0 ? 1 : 0), -low);
        } else {
            denominator.set(1, (high >>> 1) + (1L << 62), high << 63 | low >>> 1);
            result.set(0, high & ~INTEGER_BIT, low);
        }
        areaTangent();
        addPower(power, halve);
    }

    /** The logarithm is the power plus what is in the result, or minus it. */
    private void addPower(int power, boolean minus) {
        if (power == 0) {
            sign = minus ? SIGN : 0;
            return;
        }
        sign = power < 0 ? SIGN : 0;
        whole.set(63, Math.abs(power), 0);
        if (power < 0 == minus) {
            whole.add(result);
        } else {
            whole.subtract(result);
        }
        result.set(whole);
    }

    private void logarithmOfPlus1(int xSign, int exponent, long mantissa) {
        whole.set(exponent, mantissa, 0);
        boolean near = exponent < -2;
        denominator.set(near ? 1 : 0, INTEGER_BIT, 0);
        if (xSign != 0) {
            denominator.subtract(whole);
        } else {
            denominator.add(whole);
        }
        if (near) {
            result.set(whole);
            areaTangent();
            sign = xSign;
            exact = false;
        } else {
            result.set(denominator);
            logarithm();
        }
    }

    /** 2 artanh(result / denominator) / ln 2. */
    private void areaTangent() {
        result.divide(denominator);
        square.set(result);
        square.multiply(result);
        AREA_TANGENT.evaluate(square, false, denominator);
        result.multiply(denominator);
        result.multiply(Constants.LOG2_E);
        result.exponent++;
    }

    /**
     * F2XM1: 2^x - 1 for x from -1 to 1. Beyond, where the manual leaves it undefined, the operand stays as it is, but minus infinity gives
     * -1.
     */
    public void powerOf2Minus1(Context c, int e, long m) {
        if (c.notNumber(e, m)) {
            return;
        }
        boolean negative = (e & SIGN) != 0;
        if (isInfinite(e, m)) {
            c.set(negative ? SIGN | BIAS : e, INTEGER_BIT);
        } else if ((e & EXPONENT) >= BIAS) {
            c.set(e == (SIGN | BIAS) && m == INTEGER_BIT ? SIGN | BIAS - 1 : e, m);
        } else if (m == 0) {
            c.set(e, m);
        } else if (!c.denormal(e, m)) {
            result.set(normalExponent(e, m) - BIAS, normalMantissa(m), 0);
            result.multiply(Constants.LN_2);
            POWER.evaluate(result, negative, square);
            result.multiply(square);
            c.roundFully(e & SIGN, BIAS + result.exponent, result.high, result.low | 1);
        }
    }
}
