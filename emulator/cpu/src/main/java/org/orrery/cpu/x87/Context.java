package org.orrery.cpu.x87;

/**
 * What an operation works under and what comes of it: rounding, precision and masks from the control word go in; the result, the
 * exceptions and the direction of rounding come out. One object serves any number of operations, each after a {@link #begin}.
 *
 * <p>An exception that is not masked has its unmasked response: for invalid operands, denormal operands and division by zero there is
 * no result ({@link #suppressed}); for overflow and underflow the result has its exponent moved by 24576 into range.
 */
public final class Context {
    /** Exceptions, as bits of the status word and of the mask in the control word. */
    public static final int INVALID = 1;

    public static final int DENORMAL = 1 << 1;
    public static final int ZERO_DIVIDE = 1 << 2;
    public static final int OVERFLOW = 1 << 3;
    public static final int UNDERFLOW = 1 << 4;
    public static final int PRECISION = 1 << 5;
    public static final int EXCEPTIONS = 0x3F;

    /** Rounding control. */
    static final int NEAREST = 0;

    static final int DOWN = 1;
    static final int UP = 2;

    private static final int BEFORE_RESULT = INVALID | DENORMAL | ZERO_DIVIDE;
    private static final int TOP_EXPONENT = 0x7FFE;
    private static final int BIAS_ADJUSTMENT = 24576;
    private static final int FULL_PRECISION = 64;

    /** The result: sign and biased exponent. */
    public int exponent;
    /** The result: mantissa, or what the conversion that was called says. */
    public long mantissa;
    /** The mantissa was rounded up: C1 of the status word after an inexact result. */
    public boolean roundedUp;
    /** Of a remainder: the three low bits of the quotient, or -1 if there is none. */
    public int quotient;
    /** Of a remainder: only a part of the reduction was done. Of a trigonometric function: the operand is out of range. */
    public boolean incomplete;

    /** The exceptions met so far. */
    private int raised;

    /** An operand was a denormal in the format that it came from. */
    private boolean denormalOperand;

    private int masks;
    private int rounding;
    private int precision;

    /** Forgets what was and takes over a control word. */
    public void begin(int controlWord) {
        raised = 0;
        roundedUp = false;
        quotient = -1;
        incomplete = false;
        denormalOperand = false;
        masks = controlWord & EXCEPTIONS;
        rounding = controlWord >> 10 & 3;
        precision = switch (controlWord >> 8 & 3) {
            case 0 -> 24;
            case 2 -> 53;
            default -> FULL_PRECISION;
        };
    }

    /** The exceptions that the operation met. */
    public int raised() {
        return raised;
    }

    /** There is no result, since an exception that comes before it is not masked. */
    public boolean suppressed() {
        return (raised & ~masks & BEFORE_RESULT) != 0;
    }

    /** Nothing may be stored to memory: as {@link #suppressed}, or overflow or underflow is not masked. */
    public boolean storeSuppressed() {
        return (raised & ~masks & (BEFORE_RESULT | OVERFLOW | UNDERFLOW)) != 0;
    }

    /** Notes an exception; returns whether it is not masked. */
    boolean raise(int exception) {
        raised |= exception;
        return (exception & ~masks) != 0;
    }

    boolean rounds(int direction) {
        return rounding == direction;
    }

    void set(int newExponent, long newMantissa) {
        exponent = newExponent;
        mantissa = newMantissa;
    }

    void setZero(int sign) {
        set(sign, 0);
    }

    void setInfinity(int sign) {
        set(sign | Extended.EXPONENT, Extended.INTEGER_BIT);
    }

    /** An invalid operation: its masked response is the indefinite NaN. Nothing else is reported with it. */
    void invalid() {
        raised = INVALID;
        roundedUp = false;
        set(Extended.INDEFINITE_EXPONENT, Extended.INDEFINITE_MANTISSA);
    }

    /** Settles the result if the operand is no number; returns whether it did. */
    boolean notNumber(int e, long m) {
        if (Extended.isUnsupported(e, m)) {
            invalid();
            return true;
        }
        if (!Extended.isNaN(e, m)) {
            return false;
        }
        if (Extended.isSignaling(e, m)) {
            raise(INVALID);
        }
        set(e, m | Extended.QUIET_BIT);
        return true;
    }

    /** Settles the result if one of two operands is no number; returns whether it did. */
    boolean notNumbers(int ae, long am, int be, long bm) {
        if (Extended.isUnsupported(ae, am) || Extended.isUnsupported(be, bm)) {
            invalid();
            return true;
        }
        boolean first = Extended.isNaN(ae, am);
        boolean second = Extended.isNaN(be, bm);
        if (!first && !second) {
            return false;
        }
        if (Extended.isSignaling(ae, am) || Extended.isSignaling(be, bm)) {
            raise(INVALID);
        }
        if (first && (!second || firstNaNWins(ae, am, be, bm))) {
            set(ae, am | Extended.QUIET_BIT);
        } else {
            set(be, bm | Extended.QUIET_BIT);
        }
        return true;
    }

    /** A quiet NaN wins over a signaling one; else the larger mantissa, then the positive sign. */
    private static boolean firstNaNWins(int ae, long am, int be, long bm) {
        boolean firstSignals = Extended.isSignaling(ae, am);
        if (firstSignals != Extended.isSignaling(be, bm)) {
            return !firstSignals;
        }
        int order = Long.compareUnsigned(am, bm);
        return order > 0 || order == 0 && ae <= be;
    }

    /** Notes that an operand is a denormal of its own format, although it is none any more. */
    void widenedDenormal() {
        denormalOperand = true;
    }

    /** Raises the denormal exception if an operand is one; returns whether that ends the operation. */
    boolean denormal(int e, long m) {
        return (denormalOperand || Extended.isDenormal(e, m)) && raise(DENORMAL);
    }

    boolean denormal(int ae, long am, int be, long bm) {
        return (denormalOperand || Extended.isDenormal(ae, am) || Extended.isDenormal(be, bm)) && raise(DENORMAL);
    }

    /**
     * Rounds to the precision of the control word and delivers.
     *
     * @param sign {@link Extended#SIGN} or 0
     * @param biased the biased exponent, not limited in range
     * @param high the mantissa, normalized
     * @param low what comes after it, its lowest bit standing for anything that is not zero further down
     */
    void round(int sign, int biased, long high, long low) {
        round(sign, biased, high, low, precision);
    }

    /** Rounds to 64 bits whatever the precision control says, as all but the basic operations do. */
    void roundFully(int sign, int biased, long high, long low) {
        round(sign, biased, high, low, FULL_PRECISION);
    }

    /** Rounds a constant in range fully, without reporting that it is inexact. */
    void roundSilently(int biased, long high, long low) {
        int before = raised;
        roundFully(0, biased, high, low);
        raised = before;
        roundedUp = false;
    }

    private void round(int sign, int biased, long high, long low, int bits) {
        int e = roundMantissa(sign, biased, high, low, bits);
        if (e > TOP_EXPONENT) {
            overflow(sign, e, bits);
        } else if (e > 0) {
            set(sign | e, mantissa);
        } else if (raiseUnderflow()) {
            int adjusted = e + BIAS_ADJUSTMENT;
            if (adjusted <= 0) {
                beyondAdjustment(false);
                setZero(sign);
            } else {
                set(sign | adjusted, mantissa);
            }
        } else {
            roundDenormal(sign, biased, high, low, bits);
            exponent = sign | (mantissa < 0 ? 1 : 0);
        }
    }

    private boolean raiseUnderflow() {
        return (masks & UNDERFLOW) == 0 && raise(UNDERFLOW);
    }

    /**
     * Rounds to a format of memory; {@link #exponent} and {@link #mantissa} receive the biased exponent (without sign) and the mantissa with
     * its integer bit. Overflow delivers {@code top + 1}. When overflow or underflow is not masked there is no result, and inexactness is not reported.
     *
     * @param bits of the mantissa
     * @param top the greatest exponent of a number
     */
    void roundToFormat(int sign, int biased, long high, long low, int bits, int top) {
        int e = roundMantissa(sign, biased, high, low, bits);
        if (e > top && (masks & OVERFLOW) == 0 || e <= 0 && (masks & UNDERFLOW) == 0) {
            raised = raised & ~PRECISION | (e > 0 ? OVERFLOW : UNDERFLOW);
            roundedUp = false;
        } else if (e > top) {
            raise(OVERFLOW | PRECISION);
            roundedUp = overflowsToInfinity(sign);
            exponent = roundedUp ? top + 1 : top;
            mantissa = roundedUp ? Extended.INTEGER_BIT : -unit(bits);
        } else if (e > 0) {
            exponent = e;
        } else {
            roundDenormal(sign, biased, high, low, bits);
            exponent = mantissa < 0 ? 1 : 0;
        }
    }

    /** The weight of the last of so many bits of the mantissa. */
    private static long unit(int bits) {
        return 1L << FULL_PRECISION - bits;
    }

    /** Rounds as if exponents had no limits, and returns the exponent. Sets the mantissa, inexactness and its direction. */
    private int roundMantissa(int sign, int biased, long high, long low, int bits) {
        long unit = unit(bits);
        roundedUp = increments(sign, high, low, unit);
        mantissa = high & -unit;
        if ((high & unit - 1 | low) != 0) {
            raise(PRECISION);
        }
        if (roundedUp) {
            mantissa += unit;
            if (mantissa == 0) {
                mantissa = Extended.INTEGER_BIT;
                return biased + 1;
            }
        }
        return biased;
    }

    /** Rounds a number with an integer and a fraction part to an integer, which {@link #mantissa} receives. */
    void roundToInteger(int sign, long integer, long fraction) {
        roundMantissa(sign, 0, integer, fraction, FULL_PRECISION);
    }

    /** Whether rounding to a unit adds one. */
    private boolean increments(int sign, long high, long low, long unit) {
        if ((high & unit - 1 | low) == 0) {
            return false;
        }
        switch (rounding) {
            case NEAREST -> {
                boolean half = unit == 1 ? low < 0 : (high & unit >>> 1) != 0;
                boolean more = unit == 1 ? low << 1 != 0 : (high & (unit >>> 1) - 1 | low) != 0;
                return half && (more || (high & unit) != 0);
            }
            case DOWN -> {
                return sign != 0;
            }
            case UP -> {
                return sign == 0;
            }
            default -> {
                return false;
            }
        }
    }

    /** The masked response to underflow: rounded at the place of the least denormal; an underflow only if that is inexact. */
    private void roundDenormal(int sign, int biased, long high, long low, int bits) {
        int shift = 1 - biased;
        raised &= ~PRECISION;
        roundMantissa(sign, 0, UInt128.shiftedHigh(high, shift), UInt128.shiftedLow(high, low, shift), bits);
        if ((raised & PRECISION) != 0) {
            raise(UNDERFLOW);
        }
    }

    private void overflow(int sign, int e, int bits) {
        if (raise(OVERFLOW)) {
            int adjusted = e - BIAS_ADJUSTMENT;
            if (adjusted > TOP_EXPONENT) {
                beyondAdjustment(true);
                setInfinity(sign);
            } else {
                set(sign | adjusted, mantissa);
            }
            return;
        }
        raise(PRECISION);
        roundedUp = overflowsToInfinity(sign);
        if (roundedUp) {
            setInfinity(sign);
        } else {
            set(sign | TOP_EXPONENT, -unit(bits));
        }
    }

    /** Only scaling gets there: infinity or zero is delivered, inexactly. */
    private void beyondAdjustment(boolean up) {
        raise(PRECISION);
        roundedUp = up;
    }

    private boolean overflowsToInfinity(int sign) {
        return rounding == NEAREST || rounding == (sign != 0 ? DOWN : UP);
    }
}
