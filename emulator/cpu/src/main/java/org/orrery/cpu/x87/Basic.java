package org.orrery.cpu.x87;

import static org.orrery.cpu.x87.Extended.BIAS;
import static org.orrery.cpu.x87.Extended.EXPONENT;
import static org.orrery.cpu.x87.Extended.SIGN;
import static org.orrery.cpu.x87.Extended.isInfinite;
import static org.orrery.cpu.x87.Extended.isZero;
import static org.orrery.cpu.x87.Extended.normalExponent;
import static org.orrery.cpu.x87.Extended.normalMantissa;

/** Addition, subtraction, multiplication, division and square root, rounded once and to the precision of the control word. */
public final class Basic {
    private Basic() {}

    /** a + b. */
    public static void add(Context c, int ae, long am, int be, long bm) {
        if (!c.notNumbers(ae, am, be, bm)) {
            sum(c, ae, am, be, bm);
        }
    }

    /** a - b. */
    public static void subtract(Context c, int ae, long am, int be, long bm) {
        if (!c.notNumbers(ae, am, be, bm)) {
            sum(c, ae, am, be ^ SIGN, bm);
        }
    }

    private static void sum(Context c, int ae, long am, int be, long bm) {
        boolean infinite = isInfinite(ae, am);
        if (infinite && isInfinite(be, bm) && ((ae ^ be) & SIGN) != 0) {
            c.invalid();
        } else if (c.denormal(ae, am, be, bm)) {
            return;
        } else if (infinite) {
            c.set(ae, am);
        } else if (isInfinite(be, bm)) {
            c.set(be, bm);
        } else if (am == 0 && bm == 0) {
            c.setZero(ae == be ? ae : signOfCancellation(c));
        } else if (am == 0) {
            c.round(be & SIGN, normalExponent(be, bm), normalMantissa(bm), 0);
        } else if (bm == 0) {
            c.round(ae & SIGN, normalExponent(ae, am), normalMantissa(am), 0);
        } else {
            sumOrdered(c, ae, am, be, bm);
        }
    }

    private static int signOfCancellation(Context c) {
        return c.rounds(Context.DOWN) ? SIGN : 0;
    }

    private static void sumOrdered(Context c, int ae, long am, int be, long bm) {
        int ea = normalExponent(ae, am);
        int eb = normalExponent(be, bm);
        long a = normalMantissa(am);
        long b = normalMantissa(bm);
        boolean alike = ((ae ^ be) & SIGN) == 0;
        boolean firstIsGreater = ea > eb || ea == eb && Long.compareUnsigned(a, b) >= 0;
        if (firstIsGreater) {
            combine(c, ae & SIGN, ea, a, ea - eb, b, alike);
        } else {
            combine(c, be & SIGN, eb, b, eb - ea, a, alike);
        }
    }

    /** a plus or minus b / 2^shift, which is not greater. */
    private static void combine(Context c, int sign, int exponent, long a, int shift, long b, boolean add) {
        long high = UInt128.shiftedHigh(b, shift);
        long low = UInt128.shiftedLow(b, 0, shift);
        if (add) {
            long sum = a + high;
            if (Long.compareUnsigned(sum, a) >= 0) {
                c.round(sign, exponent, sum, low);
            } else {
                c.round(sign, exponent + 1, sum >>> 1 | Extended.INTEGER_BIT, UInt128.shiftedLow(sum, low, 1));
            }
            return;
        }
        long difference = a - high - (low != 0 ? 1 : 0);
        low = -low;
        if (difference == 0 && low == 0) {
            c.setZero(signOfCancellation(c));
            return;
        }
        if (difference == 0) {
            difference = low;
            low = 0;
            exponent -= 64;
        }
        int left = Long.numberOfLeadingZeros(difference);
        if (left != 0) {
            difference = difference << left | low >>> -left;
            low <<= left;
        }
        c.round(sign, exponent - left, difference, low);
    }

    /** a * b. */
    public static void multiply(Context c, int ae, long am, int be, long bm) {
        if (c.notNumbers(ae, am, be, bm)) {
            return;
        }
        int sign = (ae ^ be) & SIGN;
        boolean infinite = isInfinite(ae, am) || isInfinite(be, bm);
        boolean zero = isZero(ae, am) || isZero(be, bm);
        if (infinite && zero) {
            c.invalid();
        } else if (c.denormal(ae, am, be, bm)) {
            return;
        } else if (infinite) {
            c.setInfinity(sign);
        } else if (zero) {
            c.setZero(sign);
        } else {
            int exponent = normalExponent(ae, am) + normalExponent(be, bm) - BIAS + 1;
            long a = normalMantissa(am);
            long b = normalMantissa(bm);
            long high = UInt128.multiplyHigh(a, b);
            long low = a * b;
            if (high >= 0) {
                high = high << 1 | low >>> 63;
                low <<= 1;
                exponent--;
            }
            c.round(sign, exponent, high, low);
        }
    }

    /** a / b. */
    public static void divide(Context c, int ae, long am, int be, long bm) {
        if (c.notNumbers(ae, am, be, bm)) {
            return;
        }
        int sign = (ae ^ be) & SIGN;
        boolean infinite = isInfinite(ae, am);
        boolean zeroDivisor = isZero(be, bm);
        if (infinite && isInfinite(be, bm) || zeroDivisor && isZero(ae, am)) {
            c.invalid();
        } else if (zeroDivisor && !infinite) {
            c.raise(Context.ZERO_DIVIDE);
            c.setInfinity(sign);
        } else if (c.denormal(ae, am, be, bm)) {
            return;
        } else if (infinite) {
            c.setInfinity(sign);
        } else if (am == 0 || isInfinite(be, bm)) {
            c.setZero(sign);
        } else {
            int exponent = normalExponent(ae, am) - normalExponent(be, bm) + BIAS;
            quotient(c, sign, exponent, normalMantissa(am), normalMantissa(bm));
        }
    }

    private static void quotient(Context c, int sign, int exponent, long a, long b) {
        boolean atLeastOne = Long.compareUnsigned(a, b) >= 0;
        long quotient = atLeastOne ? UInt128.divide(a >>> 1, a << 63, b) : UInt128.divide(a, 0, b);
        long remainder = (atLeastOne ? a << 63 : 0) - quotient * b;
        int order = Long.compareUnsigned(remainder, b - remainder);
        long below = remainder == 0 ? 0 : order < 0 ? 1 : order == 0 ? 1L << 63 : 1L << 63 | 1;
        c.round(sign, atLeastOne ? exponent : exponent - 1, quotient, below);
    }

    /** The square root of a. */
    public static void squareRoot(Context c, int ae, long am) {
        if (c.notNumber(ae, am)) {
            return;
        }
        if (isZero(ae, am)) {
            c.set(ae, am);
        } else if ((ae & SIGN) != 0) {
            c.invalid();
        } else if ((ae & EXPONENT) == EXPONENT) {
            c.set(ae, am);
        } else if (!c.denormal(ae, am)) {
            int power = normalExponent(ae, am) - BIAS;
            root(c, BIAS + (power >> 1), normalMantissa(am), (power & 1) == 0);
        }
    }

    /** The root of a * 2^63 or, if the power of two is odd, of a * 2^64: 64 bits and what is below. */
    private static void root(Context c, int exponent, long a, boolean even) {
        long high = even ? a >>> 1 : a;
        long low = even ? a << 63 : 0;
        long root = nearRoot(high);
        root = newton(root, high == root ? -1L : UInt128.divide(high, low, root));
        long restHigh = high - UInt128.multiplyHigh(root, root) - borrow(low, root * root);
        while (restHigh < 0) {
            root--;
            restHigh = high - UInt128.multiplyHigh(root, root) - borrow(low, root * root);
        }
        long rest = low - root * root;
        boolean aboveHalf = restHigh != 0 || Long.compareUnsigned(rest, root) > 0;
        long below = restHigh == 0 && rest == 0 ? 0 : aboveHalf ? 1L << 63 | 1 : 1;
        c.round(0, exponent, root, below);
    }

    private static int borrow(long a, long b) {
        return Long.compareUnsigned(a, b) < 0 ? 1 : 0;
    }

    /** An estimate of the root of high * 2^64, not less than it, by a double, whose root is exactly rounded on every host. */
    private static long nearRoot(long high) {
        double root = Math.sqrt((high >>> 11) * 0x1p11) * 0x1p32;
        long above = (long) (root * 0.5) + (1L << 12) << 1;
        return above < 0 ? above : -1L;
    }

    /** The mean of an estimate and its quotient, rounded up: again not less than the root, and next to it. */
    private static long newton(long root, long quotient) {
        return (root & quotient) + ((root ^ quotient) >>> 1) + ((root ^ quotient) & 1);
    }
}
