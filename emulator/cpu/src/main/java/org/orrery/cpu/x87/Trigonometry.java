package org.orrery.cpu.x87;

import static org.orrery.cpu.x87.Extended.BIAS;
import static org.orrery.cpu.x87.Extended.EXPONENT;
import static org.orrery.cpu.x87.Extended.SIGN;

/**
 * Sine, cosine and tangent of any operand below 2^63. The argument is reduced by multiplication with 256 places of 2/pi (Payne and
 * Hanek), so that the result is that of the operand itself, however near it is to a multiple of pi/2: the worst case of 64-bit mantissas
 * loses 68 places. The i486 reduces by a pi of 66 bits instead, and so returns the sine of a slightly different angle; its error grows
 * without limit near multiples of pi and is not published bit by bit.
 */
public final class Trigonometry {
    /** Operands from here on are out of range: the biased exponent of 2^63. */
    private static final int TOO_LARGE = BIAS + 63;
    /** Operands below one half need no reduction. */
    private static final int REDUCED_FROM = BIAS - 1;

    /** With z = r^2 of at most (pi/4)^2, the next term is below 2^-128. */
    private static final int TERMS = 17;

    private static final Series SINE = new Series(TERMS, k -> Series.factorial(2 * k + 1));
    private static final Series COSINE = new Series(TERMS, k -> Series.factorial(2 * k));
    private static final long[] TWO_OVER_PI = Constants.twoOverPi();

    private final Wide angle = new Wide();
    private final Wide square = new Wide();
    private final Wide result = new Wide();
    private final Wide other = new Wide();
    private final long[] product = new long[TWO_OVER_PI.length + 1];

    /** The operand is quadrant * pi/2 plus or minus the angle. */
    private int quadrant;

    private boolean negative;

    /** FSIN. An operand out of range stays as it is, with {@link Context#incomplete}. */
    public void sine(Context c, int e, long m) {
        if (settled(c, e, m)) {
            return;
        }
        if (m == 0) {
            c.set(e, m);
            return;
        }
        reduce(e, m);
        boolean minus = (quadrant & 2) != 0;
        if ((quadrant & 1) != 0) {
            evaluateCosine();
        } else {
            evaluateSine();
            minus ^= negative;
        }
        deliver(c, minus ? e & SIGN ^ SIGN : e & SIGN);
    }

    /** FCOS. */
    public void cosine(Context c, int e, long m) {
        if (settled(c, e, m)) {
            return;
        }
        if (m == 0) {
            c.set(BIAS, Extended.INTEGER_BIT);
            return;
        }
        reduce(e, m);
        boolean minus = quadrant == 1 || quadrant == 2;
        if ((quadrant & 1) == 0) {
            evaluateCosine();
        } else {
            evaluateSine();
            minus ^= negative;
        }
        deliver(c, minus ? SIGN : 0);
    }

    /** FPTAN, but for the 1 that it pushes. */
    public void tangent(Context c, int e, long m) {
        if (settled(c, e, m)) {
            return;
        }
        if (m == 0) {
            c.set(e, m);
            return;
        }
        reduce(e, m);
        square();
        SINE.evaluate(square, true, result);
        COSINE.evaluate(square, true, other);
        result.divide(other);
        result.multiply(angle);
        boolean minus = negative;
        if ((quadrant & 1) != 0) {
            minus = !minus;
            other.set(0, Extended.INTEGER_BIT, 0);
            other.divide(result);
            result.set(other);
        }
        deliver(c, minus ? e & SIGN ^ SIGN : e & SIGN);
    }

    private static boolean settled(Context c, int e, long m) {
        if (c.notNumber(e, m)) {
            return true;
        }
        int biased = e & EXPONENT;
        if (biased == EXPONENT) {
            c.invalid();
            return true;
        }
        if (biased >= TOO_LARGE) {
            c.incomplete = true;
            c.set(e, m);
            return true;
        }
        return c.denormal(e, m);
    }

    /** Everything but the results at zero is irrational. */
    private void deliver(Context c, int sign) {
        c.roundFully(sign, BIAS + result.exponent, result.high, result.low | 1);
    }

    private void square() {
        square.set(angle);
        square.multiply(angle);
    }

    private void evaluateSine() {
        square();
        SINE.evaluate(square, true, result);
        result.multiply(angle);
    }

    private void evaluateCosine() {
        square();
        COSINE.evaluate(square, true, result);
    }

    private void reduce(int e, long m) {
        int biased = Extended.normalExponent(e, m);
        quadrant = 0;
        negative = false;
        if (biased < REDUCED_FROM) {
            angle.set(biased - BIAS, Extended.normalMantissa(m), 0);
            return;
        }
        multiplyByTwoOverPi(m, BIAS + 63 - biased);
        if (product[1] < 0) {
            quadrant = quadrant + 1 & 3;
            negative = true;
            negateFraction();
        }
        int first = product[1] != 0 ? 1 : 2;
        int left = Long.numberOfLeadingZeros(product[first]);
        angle.exponent = -1 - 64 * (first - 1) - left;
        angle.high = shiftedPair(first, left);
        angle.low = shiftedPair(first + 1, left);
        angle.multiply(Constants.HALF_PI);
    }

    private long shiftedPair(int i, int left) {
        return left == 0 ? product[i] : product[i] << left | product[i + 1] >>> -left;
    }

    /** Leaves the quadrant, and the fraction in the words of the product from 1 on. {@code down} is 1 to 64. */
    private void multiplyByTwoOverPi(long m, int down) {
        long carry = 0;
        for (int i = TWO_OVER_PI.length - 1; i >= 0; i--) {
            long low = m * TWO_OVER_PI[i] + carry;
            carry = UInt128.multiplyHigh(m, TWO_OVER_PI[i]) + (Long.compareUnsigned(low, carry) < 0 ? 1 : 0);
            product[i + 1] = low;
        }
        product[0] = carry;
        quadrant = down < 64 ? (int) (carry >>> down) & 3 : 0;
        for (int i = product.length - 1; i > 0; i--) {
            product[i] = down < 64 ? product[i] >>> down | product[i - 1] << -down : product[i - 1];
        }
    }

    private void negateFraction() {
        boolean borrow = false;
        for (int i = product.length - 1; i > 0; i--) {
            long word = product[i];
            product[i] = borrow ? ~word : -word;
            borrow |= word != 0;
        }
    }
}
