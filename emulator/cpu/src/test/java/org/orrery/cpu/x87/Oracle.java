package org.orrery.cpu.x87;

import java.math.BigInteger;

/**
 * What the x87 has to deliver, worked out slowly from exact numbers and the definitions of IEEE 754 and of the manual. Shares no code with
 * the arithmetic it judges.
 */
final class Oracle {
    static final int LEAST_EXPONENT = -16382;
    static final int GREATEST_EXPONENT = 16383;

    /** An operand or a result. */
    record Value(int exponent, long mantissa) {
        boolean negative() {
            return (exponent & 0x8000) != 0;
        }

        int biased() {
            return exponent & 0x7FFF;
        }

        boolean unsupported() {
            return biased() != 0 && mantissa >= 0;
        }

        boolean nan() {
            return biased() == 0x7FFF && mantissa < 0 && mantissa << 1 != 0;
        }

        boolean signaling() {
            return nan() && (mantissa & 1L << 62) == 0;
        }

        boolean infinite() {
            return biased() == 0x7FFF && mantissa == 1L << 63;
        }

        boolean zero() {
            return biased() == 0 && mantissa == 0;
        }

        boolean denormal() {
            return biased() == 0 && mantissa != 0;
        }

        Value quieted() {
            return new Value(exponent, mantissa | 1L << 62);
        }

        BigInteger integer() {
            return new BigInteger(Long.toUnsignedString(mantissa));
        }

        /** The value is {@link #integer} times two to this power. */
        int power() {
            return Math.max(1, biased()) - 16383 - 63;
        }

        @Override
        public String toString() {
            return String.format("%04x:%016x", exponent, mantissa);
        }
    }

    /** A result with the exceptions that came with it; {@code up} is C1. */
    record Outcome(Value value, int raised, boolean up) {}

    static final Value INDEFINITE = new Value(0xFFFF, 3L << 62);
    static final int INVALID = 1;
    static final int DENORMAL = 2;
    static final int ZERO_DIVIDE = 4;
    static final int OVERFLOW = 8;
    static final int UNDERFLOW = 16;
    static final int PRECISION = 32;

    private final int rounding;
    private final int bits;
    private final int masks;
    private final int least;
    private final int greatest;

    /** Precision and rounding from a control word. */
    Oracle(int control) {
        this(control, new int[] {24, 64, 53, 64}[control >> 8 & 3]);
    }

    /** Another precision than the control word's, as most operations have. */
    Oracle(int control, int bits) {
        this(control, bits, LEAST_EXPONENT, GREATEST_EXPONENT);
    }

    /** Another format, by the number of its bits and the exponents of its least and its greatest normal number. */
    Oracle(int control, int bits, int least, int greatest) {
        rounding = control >> 10 & 3;
        masks = control & 0x3F;
        this.bits = bits;
        this.least = least;
        this.greatest = greatest;
    }

    static Outcome invalid() {
        return new Outcome(INDEFINITE, INVALID, false);
    }

    static Outcome exactly(Value value, int raised) {
        return new Outcome(value, raised, false);
    }

    static Value infinity(boolean negative) {
        return new Value(negative ? 0xFFFF : 0x7FFF, 1L << 63);
    }

    static Value zero(boolean negative) {
        return new Value(negative ? 0x8000 : 0, 0);
    }

    boolean masked(int exception) {
        return (masks & exception) != 0;
    }

    boolean roundsDown() {
        return rounding == 1;
    }

    /** The outcome if an operand is no number, else null. */
    static Outcome special(Value... operands) {
        Value winner = null;
        int raised = 0;
        for (Value v : operands) {
            if (v.unsupported()) {
                return invalid();
            }
        }
        for (Value v : operands) {
            raised |= v.signaling() ? INVALID : 0;
            winner = v.nan() && (winner == null || beats(v, winner)) ? v : winner;
        }
        return winner == null ? null : exactly(winner.quieted(), raised);
    }

    private static boolean beats(Value v, Value other) {
        if (v.signaling() != other.signaling()) {
            return other.signaling();
        }
        int order = Long.compareUnsigned(v.mantissa, other.mantissa);
        return order != 0 ? order > 0 : other.negative() && !v.negative();
    }

    static int denormals(Value... operands) {
        for (Value v : operands) {
            if (v.denormal()) {
                return DENORMAL;
            }
        }
        return 0;
    }

    /** Whether a digit is added to the integer part. */
    boolean increments(boolean negative, Exact.Split s) {
        return switch (rounding) {
            case 0 -> s.rest() == 3 || s.rest() == 2 && s.floor().testBit(0);
            case 1 -> negative && s.rest() != 0;
            case 2 -> !negative && s.rest() != 0;
            default -> false;
        };
    }

    /** Rounds and meets overflow and underflow, masked or not. */
    Outcome round(boolean negative, Exact exact, int before) {
        if ((before & ~masks & (INVALID | DENORMAL | ZERO_DIVIDE)) != 0) {
            return exactly(null, before);
        }
        int top = exact.log2();
        Exact.Split s = exact.split(top - bits + 1);
        boolean up = increments(negative, s);
        BigInteger digits = up ? s.floor().add(BigInteger.ONE) : s.floor();
        int exponent = top - bits + digits.bitLength();
        int inexact = s.rest() != 0 ? PRECISION : 0;
        if (exponent > greatest) {
            return masked(OVERFLOW)
                    ? overflow(negative, before)
                    : adjusted(negative, digits, exponent - 24576, before | OVERFLOW | inexact, up);
        }
        if (exponent >= least) {
            return new Outcome(value(negative, digits, exponent), before | inexact, up);
        }
        if (!masked(UNDERFLOW)) {
            return adjusted(negative, digits, exponent + 24576, before | UNDERFLOW | inexact, up);
        }
        Exact.Split d = exact.split(least - bits + 1);
        boolean denormalUp = increments(negative, d);
        BigInteger denormal = denormalUp ? d.floor().add(BigInteger.ONE) : d.floor();
        int raised = before | (d.rest() != 0 ? UNDERFLOW | PRECISION : 0);
        long mantissa = denormal.longValue() << 64 - bits;
        int leastBiased = least + 16383;
        Value value = new Value((negative ? 0x8000 : 0) | (mantissa < 0 ? leastBiased : leastBiased - 1), mantissa);
        return new Outcome(value, raised, denormalUp);
    }

    /** Beyond what the adjusted exponent can show, which only scaling reaches, there is infinity or zero. */
    private Outcome adjusted(boolean negative, BigInteger digits, int exponent, int raised, boolean up) {
        if (exponent > greatest) {
            return new Outcome(infinity(negative), raised | PRECISION, true);
        }
        return exponent < least
                ? new Outcome(zero(negative), raised | PRECISION, false)
                : new Outcome(value(negative, digits, exponent), raised, up);
    }

    private Outcome overflow(boolean negative, int before) {
        boolean infinite = rounding == 0 || rounding == (negative ? 1 : 2);
        Value most = new Value((negative ? 0x8000 : 0) | greatest + 16383, -1L << 64 - bits);
        return new Outcome(infinite ? infinity(negative) : most, before | OVERFLOW | PRECISION, infinite);
    }

    /** The magnitude rounded to an integer. */
    BigInteger toInteger(boolean negative, Exact exact) {
        Exact.Split s = exact.split(0);
        return increments(negative, s) ? s.floor().add(BigInteger.ONE) : s.floor();
    }

    private static Value value(boolean negative, BigInteger digits, int exponent) {
        long mantissa = digits.shiftLeft(64 - digits.bitLength()).longValue();
        return new Value((negative ? 0x8000 : 0) | exponent + 16383, mantissa);
    }
}
