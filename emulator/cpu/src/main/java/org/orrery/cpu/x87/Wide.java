package org.orrery.cpu.x87;

import java.math.BigInteger;

/**
 * A register for positive numbers with significands of 128 bits, twice what a result needs: {@code high:low / 2^127 * 2^exponent}, the top
 * bit of {@code high} set. Operations truncate, so that each is wrong by a few units in the last of 128 places at most.
 */
final class Wide {
    int exponent;
    long high;
    long low;

    /** value / 2^power, truncated: for constants. */
    static Wide of(BigInteger value, int power) {
        Wide w = new Wide();
        int excess = value.bitLength() - 128;
        BigInteger digits = value.shiftRight(excess);
        w.set(excess + 127 - power, digits.shiftRight(64).longValue(), digits.longValue());
        return w;
    }

    /** Takes a significand that need not be normalized, but is not zero. */
    void set(int newExponent, long newHigh, long newLow) {
        if (newHigh == 0) {
            set(newExponent - 64, newLow, 0);
            return;
        }
        int left = Long.numberOfLeadingZeros(newHigh);
        exponent = newExponent - left;
        high = left == 0 ? newHigh : newHigh << left | newLow >>> -left;
        low = newLow << left;
    }

    void set(Wide other) {
        exponent = other.exponent;
        high = other.high;
        low = other.low;
    }

    /** this + other. */
    void add(Wide other) {
        int shift = exponent - other.exponent;
        if (shift < 0) {
            addSmaller(other.exponent, other.high, other.low, high, low, -shift);
        } else {
            addSmaller(exponent, high, low, other.high, other.low, shift);
        }
    }

    private void addSmaller(int e, long aHigh, long aLow, long bHigh, long bLow, int shift) {
        long sumLow = aLow + UInt128.shiftedLow(bHigh, bLow, shift);
        long carry = Long.compareUnsigned(sumLow, aLow) < 0 ? 1 : 0;
        long sumHigh = aHigh + UInt128.shiftedHigh(bHigh, shift) + carry;
        if (sumHigh < 0) {
            set(e, sumHigh, sumLow);
        } else {
            set(e + 1, sumHigh >>> 1 | Extended.INTEGER_BIT, sumHigh << 63 | sumLow >>> 1);
        }
    }

    /** this - other, which is less. */
    void subtract(Wide other) {
        int shift = exponent - other.exponent;
        long taken = UInt128.shiftedLow(other.high, other.low, shift);
        long borrow = Long.compareUnsigned(low, taken) < 0 ? 1 : 0;
        set(exponent, high - UInt128.shiftedHigh(other.high, shift) - borrow, low - taken);
    }

    /** this * other. */
    void multiply(Wide other) {
        long top = UInt128.multiplyHigh(high, other.high);
        long product = high * other.high;
        long first = product + UInt128.multiplyHigh(high, other.low);
        long second = first + UInt128.multiplyHigh(low, other.high);
        if (Long.compareUnsigned(first, product) < 0) {
            top++;
        }
        if (Long.compareUnsigned(second, first) < 0) {
            top++;
        }
        set(exponent + other.exponent + 1, top, second);
    }

    /** this / other, bit by bit. */
    void divide(Wide other) {
        long restHigh = high;
        long restLow = low;
        boolean carry = false;
        exponent -= other.exponent;
        if (less(restHigh, restLow, other)) {
            exponent--;
            carry = true;
            restHigh = restHigh << 1 | restLow >>> 63;
            restLow <<= 1;
        }
        high = 0;
        low = 0;
        for (int i = 0; i < 128; i++) {
            high = high << 1 | low >>> 63;
            low <<= 1;
            if (carry || !less(restHigh, restLow, other)) {
                restHigh -= other.high + (Long.compareUnsigned(restLow, other.low) < 0 ? 1 : 0);
                restLow -= other.low;
                low |= 1;
            }
            carry = restHigh < 0;
            restHigh = restHigh << 1 | restLow >>> 63;
            restLow <<= 1;
        }
    }

    private static boolean less(long high, long low, Wide other) {
        int order = Long.compareUnsigned(high, other.high);
        return order < 0 || order == 0 && Long.compareUnsigned(low, other.low) < 0;
    }
}
