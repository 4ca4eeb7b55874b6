package org.orrery.cpu.x87;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.orrery.cpu.x87.Oracle.Value;

/** The transcendental functions to some 70 decimal places, by series that take their time. */
final class BigFunctions {
    private static final MathContext MC = new MathContext(90);
    private static final int PLACES = 75;
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    static final BigDecimal PI = arctangentSeries(new BigDecimal("0.2"))
            .multiply(BigDecimal.valueOf(16))
            .subtract(arctangentSeries(BigDecimal.ONE.divide(BigDecimal.valueOf(239), MC))
                    .multiply(BigDecimal.valueOf(4)));
    static final BigDecimal LN2 = ln(TWO);

    private BigFunctions() {}

    static BigDecimal of(Value v) {
        BigDecimal magnitude = new BigDecimal(v.integer());
        BigDecimal scale = TWO.pow(Math.abs(v.power()), MC);
        BigDecimal value = v.power() < 0 ? magnitude.divide(scale, MC) : magnitude.multiply(scale);
        return v.negative() ? value.negate() : value;
    }

    /** A magnitude as a binary number with 200 places, and half a place more or less to say on which side of them it is. */
    static Exact exact(BigDecimal value, boolean above) {
        int log2 = (int) ((value.precision() - value.scale()) * 3.3219281);
        int up = 200 - log2;
        BigDecimal scale = TWO.pow(Math.abs(up), MC);
        BigDecimal scaled =
                up > 0 ? value.abs().multiply(scale, MC) : value.abs().divide(scale, MC);
        BigInteger digits =
                scaled.setScale(0, RoundingMode.HALF_EVEN).toBigInteger().shiftLeft(1);
        return Exact.integer(above ? digits.add(BigInteger.ONE) : digits.subtract(BigInteger.ONE), -up - 1);
    }

    private interface Term {
        BigDecimal next(BigDecimal term, int k);
    }

    private static BigDecimal series(BigDecimal first, Term term) {
        BigDecimal sum = first;
        BigDecimal t = first;
        for (int k = 1; t.signum() != 0 && t.precision() - t.scale() > sum.precision() - sum.scale() - PLACES; k++) {
            t = term.next(t, k);
            sum = sum.add(t, MC);
        }
        return sum;
    }

    static BigDecimal sine(BigDecimal x) {
        return reducedSine(reduce(x));
    }

    static BigDecimal cosine(BigDecimal x) {
        BigDecimal r = reduce(x);
        BigDecimal quarter = PI.divide(TWO, MC).subtract(r.abs());
        return quarter.abs().compareTo(BigDecimal.ONE) < 0 ? reducedSine(quarter) : reducedCosine(r);
    }

    /** To between -pi and pi. */
    private static BigDecimal reduce(BigDecimal x) {
        BigDecimal turns = x.divide(PI.multiply(TWO), 0, RoundingMode.HALF_EVEN);
        return x.subtract(turns.multiply(PI.multiply(TWO)));
    }

    private static BigDecimal reducedSine(BigDecimal x) {
        BigDecimal minusSquare = x.multiply(x, MC).negate();
        return series(x, (t, k) -> t.multiply(minusSquare, MC).divide(BigDecimal.valueOf(2L * k * (2L * k + 1)), MC));
    }

    private static BigDecimal reducedCosine(BigDecimal x) {
        BigDecimal minusSquare = x.multiply(x, MC).negate();
        return series(
                BigDecimal.ONE,
                (t, k) -> t.multiply(minusSquare, MC).divide(BigDecimal.valueOf(2L * k * (2L * k - 1)), MC));
    }

    static BigDecimal tangent(BigDecimal x) {
        return sine(x).divide(cosine(x), MC);
    }

    /** The angle of a point with y and x not zero. */
    static BigDecimal angle(BigDecimal y, BigDecimal x) {
        BigDecimal angle;
        if (y.abs().compareTo(x.abs()) > 0) {
            BigDecimal rest = arctangent(x.abs().divide(y.abs(), MC));
            angle = PI.divide(TWO, MC).subtract(rest);
        } else {
            angle = arctangent(y.abs().divide(x.abs(), MC));
        }
        angle = x.signum() < 0 ? PI.subtract(angle) : angle;
        return y.signum() < 0 ? angle.negate() : angle;
    }

    /** By halving the angle three times. */
    private static BigDecimal arctangent(BigDecimal t) {
        if (t.precision() - t.scale() < -20) {
            return arctangentSeries(t);
        }
        BigDecimal r = t;
        for (int i = 0; i < 3; i++) {
            BigDecimal root = BigDecimal.ONE.add(r.multiply(r, MC)).sqrt(MC);
            r = r.divide(BigDecimal.ONE.add(root), MC);
        }
        return arctangentSeries(r).multiply(BigDecimal.valueOf(8));
    }

    private static BigDecimal arctangentSeries(BigDecimal t) {
        BigDecimal minusSquare = t.multiply(t, MC).negate();
        return series(
                t,
                (term, k) -> term.multiply(minusSquare, MC)
                        .multiply(BigDecimal.valueOf(2L * k - 1))
                        .divide(BigDecimal.valueOf(2L * k + 1), MC));
    }

    /** log2 of a number that is not 1. */
    static BigDecimal log2(Value v) {
        int power = v.power() + 63;
        BigDecimal significand = new BigDecimal(v.integer()).divide(TWO.pow(63), MC);
        if (significand.compareTo(new BigDecimal("1.4")) > 0) {
            power++;
            significand = significand.divide(TWO, MC);
        }
        return ln(significand).divide(LN2, MC).add(BigDecimal.valueOf(power));
    }

    /** log2(1 + x). */
    static BigDecimal log2Plus1(BigDecimal x) {
        return lnOfRatio(x, x.add(TWO)).divide(LN2, MC);
    }

    private static BigDecimal ln(BigDecimal x) {
        return lnOfRatio(x.subtract(BigDecimal.ONE), x.add(BigDecimal.ONE));
    }

    /** 2 artanh(a / b). */
    private static BigDecimal lnOfRatio(BigDecimal a, BigDecimal b) {
        BigDecimal z = a.divide(b, MC);
        BigDecimal square = z.multiply(z, MC);
        return series(
                z.multiply(TWO),
                (t, k) -> t.multiply(square, MC)
                        .multiply(BigDecimal.valueOf(2L * k - 1))
                        .divide(BigDecimal.valueOf(2L * k + 1), MC));
    }

    /** 2^x - 1. */
    static BigDecimal powerOf2Minus1(BigDecimal x) {
        BigDecimal y = x.multiply(LN2, MC);
        return series(y, (t, k) -> t.multiply(y, MC).divide(BigDecimal.valueOf(k + 1L), MC));
    }
}
