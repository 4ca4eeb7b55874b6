package org.orrery.isa.asm;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Floating-point constants in the formats of the x87. */
final class FloatingPoint {
    private static final int EXTENDED_BIAS = 16383;
    private static final int EXTENDED_BITS = 64;
    /** Of 10: a normal extended number lies between 10^-4931 and 10^4932. */
    private static final int LARGEST_EXPONENT = 4931;

    private FloatingPoint() {}

    /** The bytes of a number, rounded to nearest: 4, 8 or 10 of them, lowest first. */
    static byte[] bytes(Token token, boolean negative, int size) {
        BigDecimal number = number(token);
        switch (size) {
            case 4:
                int single = Float.floatToIntBits(number.floatValue());
                return littleEndian(single | (negative ? 1L << 31 : 0), 4);
            case 8:
                long dbl = Double.doubleToLongBits(number.doubleValue());
                return littleEndian(dbl | (negative ? 1L << 63 : 0), 8);
            case 10:
                return extended(number, negative);
            default:
                throw new SyntaxException(token.column(), "a floating-point number takes dd, dq or dt");
        }
    }

    private static BigDecimal number(Token token) {
        try {
            BigDecimal number = new BigDecimal(token.text().replace("_", ""));
            if (Math.abs((long) number.precision() - number.scale()) < LARGEST_EXPONENT) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new SyntaxException(token.column(), "'" + token.text() + "' is not a number");
        }
        throw new SyntaxException(token.column(), "'" + token.text() + "' is out of the range of the x87");
    }

    private static byte[] extended(BigDecimal number, boolean negative) {
        byte[] bytes = new byte[10];
        if (number.signum() != 0) {
            int exponent = exponent(number);
            BigInteger mantissa = scale(number, EXTENDED_BITS - 1 - exponent);
            if (mantissa.bitLength() > EXTENDED_BITS) {
                mantissa = mantissa.shiftRight(1);
                exponent++;
            }
            System.arraycopy(littleEndian(mantissa.longValue(), 8), 0, bytes, 0, 8);
            System.arraycopy(littleEndian(exponent + EXTENDED_BIAS, 2), 0, bytes, 8, 2);
        }
        bytes[9] |= (byte) (negative ? 0x80 : 0);
        return bytes;
    }

    /** The e with 2^e <= number < 2^(e+1). */
    private static int exponent(BigDecimal number) {
        int guess = (int) Math.floor((number.precision() - number.scale()) / Math.log10(2)) - 4;
        while (number.compareTo(power(guess + 1)) >= 0) {
            guess++;
        }
        return guess;
    }

    private static BigDecimal power(int exponent) {
        BigDecimal two = BigDecimal.valueOf(2);
        return exponent >= 0 ? two.pow(exponent) : BigDecimal.ONE.divide(two.pow(-exponent), MathContext.UNLIMITED);
    }

    private static BigInteger scale(BigDecimal number, int shift) {
        BigDecimal scaled = number.multiply(power(shift));
        return scaled.setScale(0, RoundingMode.HALF_EVEN).toBigInteger();
    }

    private static byte[] littleEndian(long value, int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (value >> 8 * i);
        }
        return bytes;
    }
}
