package org.orrery.cpu.x87;

import java.math.BigInteger;

/** The irrational numbers of the x87, computed from their series with big integers when first needed. */
public final class Constants {
    private static final int PLACES = 320;

    private static final BigInteger PI_FIXED =
            arctangent(5).shiftLeft(2).subtract(arctangent(239)).shiftLeft(2);
    private static final BigInteger LN2_FIXED = areaTangent(3).shiftLeft(1);
    /** ln 10 = 3 ln 2 + ln (10/8). */
    private static final BigInteger LN10_FIXED =
            LN2_FIXED.multiply(BigInteger.valueOf(3)).add(areaTangent(9).shiftLeft(1));

    static final Wide PI = Wide.of(PI_FIXED, PLACES);
    static final Wide HALF_PI = Wide.of(PI_FIXED, PLACES + 1);
    static final Wide LN_2 = Wide.of(LN2_FIXED, PLACES);
    static final Wide LOG2_E = Wide.of(inverse(LN2_FIXED), PLACES);
    private static final Wide LOG2_10 = Wide.of(LN10_FIXED.shiftLeft(PLACES).divide(LN2_FIXED), PLACES);
    private static final Wide LOG10_2 = Wide.of(LN2_FIXED.shiftLeft(PLACES).divide(LN10_FIXED), PLACES);

    private static final int TWO_OVER_PI_WORDS = 4;

    private Constants() {}

    /** The fraction 2/pi in so many words of 64 bits, the most significant first, as range reduction wants it. */
    static long[] twoOverPi() {
        BigInteger fixed = inverse(PI_FIXED).shiftLeft(1);
        long[] words = new long[TWO_OVER_PI_WORDS];
        for (int i = 0; i < words.length; i++) {
            words[i] = fixed.shiftRight(PLACES - 64 * (i + 1)).longValue();
        }
        return words;
    }

    /** The arctangents of 0/n to n/n. The one of 0 is null. */
    static Wide[] arctangents(int n) {
        Wide[] table = new Wide[n + 1];
        for (int i = 1; i <= n; i++) {
            table[i] = Wide.of(arctangent(i, n), PLACES);
        }
        return table;
    }

    /** FLDPI. Like its kin rounds as the control word says, but not to its precision, and reports nothing. */
    public static void pi(Context c) {
        load(c, PI);
    }

    /** FLDL2T: the binary logarithm of 10. */
    public static void log2Of10(Context c) {
        load(c, LOG2_10);
    }

    /** FLDL2E: the binary logarithm of e. */
    public static void log2OfE(Context c) {
        load(c, LOG2_E);
    }

    /** FLDLG2: the decimal logarithm of 2. */
    public static void log10Of2(Context c) {
        load(c, LOG10_2);
    }

    /** FLDLN2: the natural logarithm of 2. */
    public static void lnOf2(Context c) {
        load(c, LN_2);
    }

    private static void load(Context c, Wide constant) {
        c.roundSilently(Extended.BIAS + constant.exponent, constant.high, constant.low | 1);
    }

    private static BigInteger inverse(BigInteger fixed) {
        return BigInteger.ONE.shiftLeft(2 * PLACES).divide(fixed);
    }

    /** arctan(1/n), by Gregory's series. */
    private static BigInteger arctangent(int n) {
        return reciprocalSeries(n, -1);
    }

    /** artanh(1/n) = ln((n+1)/(n-1)) / 2. */
    private static BigInteger areaTangent(int n) {
        return reciprocalSeries(n, 1);
    }

    private static BigInteger reciprocalSeries(int n, int sign) {
        BigInteger square = BigInteger.valueOf((long) sign * n * n);
        BigInteger power = BigInteger.ONE.shiftLeft(PLACES).divide(BigInteger.valueOf(n));
        BigInteger sum = BigInteger.ZERO;
        for (int k = 1; power.signum() != 0; k += 2) {
            sum = sum.add(power.divide(BigInteger.valueOf(k)));
            power = power.divide(square);
        }
        return sum;
    }

    /** arctan(i/n) by Euler's series, which converges up to 1 and beyond: terms of (2k)!! / (2k+1)!! * t / (1+t^2) * (t^2/(1+t^2))^k. */
    private static BigInteger arctangent(int i, int n) {
        BigInteger squares = BigInteger.valueOf((long) i * i + (long) n * n);
        BigInteger term = BigInteger.ONE
                .shiftLeft(PLACES)
                .multiply(BigInteger.valueOf((long) i * n))
                .divide(squares);
        BigInteger sum = BigInteger.ZERO;
        for (int k = 1; term.signum() != 0; k++) {
            sum = sum.add(term);
            term = term.multiply(BigInteger.valueOf(2L * k * i * i))
                    .divide(squares.multiply(BigInteger.valueOf(2L * k + 1)));
        }
        return sum;
    }
}
