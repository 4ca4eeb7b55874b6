package org.orrery.cpu.x87;

import java.math.BigInteger;
import java.util.function.IntFunction;

/** A power series 1 + c1 z + c2 z^2 + ... with coefficients 1/n for integers n, evaluated in fixed point with 127 places. */
final class Series {
    private static final int PLACES = 127;

    private final long[] high;
    private final long[] low;

    /** @param divisors the n of each term, beginning with 1 */
    Series(int terms, IntFunction<BigInteger> divisors) {
        high = new long[terms];
        low = new long[terms];
        for (int k = 0; k < terms; k++) {
            BigInteger coefficient = BigInteger.ONE.shiftLeft(PLACES).divide(divisors.apply(k));
            high[k] = coefficient.shiftRight(64).longValue();
            low[k] = coefficient.longValue();
        }
    }

    static BigInteger factorial(int n) {
        return n < 2 ? BigInteger.ONE : BigInteger.valueOf(n).multiply(factorial(n - 1));
    }

    /**
     * Evaluates by Horner's rule.
     *
     * @param z less than 1
     * @param alternating take -z for z; the sum is then kept below 1 even where z vanishes, so that rounding sees it there
     * @param sum receives the result
     */
    void evaluate(Wide z, boolean alternating, Wide sum) {
        int shift = -1 - z.exponent;
        long zHigh = UInt128.shiftedHigh(z.high, shift);
        long zLow = UInt128.shiftedLow(z.high, z.low, shift);
        int k = high.length - 1;
        long h = high[k];
        long l = low[k];
        while (--k >= 0) {
            long product = h * zHigh;
            long first = product + UInt128.multiplyHigh(h, zLow);
            long second = first + UInt128.multiplyHigh(l, zHigh);
            long top = UInt128.multiplyHigh(h, zHigh)
                    + (Long.compareUnsigned(first, product) < 0 ? 1 : 0)
                    + (Long.compareUnsigned(second, first) < 0 ? 1 : 0);
            if (alternating) {
                h = high[k] - top - (Long.compareUnsigned(low[k], second) < 0 ? 1 : 0);
                l = low[k] - second;
            } else {
                l = low[k] + second;
                h = high[k] + top + (Long.compareUnsigned(l, second) < 0 ? 1 : 0);
            }
        }
        if (alternating && h == Extended.INTEGER_BIT && l == 0) {
            h--;
            l = -1L;
        }
        sum.set(0, h, l);
    }
}
