package org.orrery.cpu.x87;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.orrery.cpu.x87.Oracle.Outcome;
import org.orrery.cpu.x87.Oracle.Value;

/** FSCALE, FXTRACT, comparisons and FXAM against their definitions. */
class ScalingTest {
    private final Context context = new Context();

    private interface Pair {
        void check(Value a, Value b, int control);
    }

    private static void forAllPairs(Pair pair) {
        for (int rounding = 0; rounding < 4; rounding++) {
            Operands operands = new Operands(40 + rounding);
            for (int i = 0; i < BasicOracleTest.CASES; i++) {
                Value a = operands.any();
                Value b = operands.near(a);
                if (i % 2 == 0) {
                    b = new Value(b.exponent() & 0x8000 | 0x3FFD + operands.integer(20), operands.bits() | 1L << 63);
                }
                pair.check(a, b, rounding << 10 | (i % 3 == 0 ? 0x300 : 0x33F));
            }
        }
        for (int masks : new int[] {0x3F, 0, 0x3D}) {
            for (Value a : Operands.special()) {
                for (Value b : Operands.special()) {
                    pair.check(a, b, 0x300 | masks);
                }
            }
        }
    }

    @Test
    void scalesByTheIntegerPart() {
        forAllPairs((a, b, control) -> {
            Outcome expected = Oracle.special(a, b);
            if (expected == null) {
                expected = scaled(a, b, control);
            }
            context.begin(control);
            Scaling.scale(context, a.exponent(), a.mantissa(), b.exponent(), b.mantissa());
            check(expected, control, a, b);
        });
    }

    private void check(Outcome expected, int control, Value a, Value b) {
        Value result = new Value(context.exponent, context.mantissa);
        Outcome actual = new Outcome(result, context.raised(), context.roundedUp);
        boolean suppressed = (expected.raised() & ~control & 7) != 0;
        boolean same = suppressed
                ? context.suppressed() && actual.raised() == expected.raised()
                : !context.suppressed() && actual.equals(expected);
        if (!same) {
            assertThat(actual).as("%s %s under %03x", a, b, control).isEqualTo(expected);
        }
    }

    private static Outcome scaled(Value a, Value b, int control) {
        boolean down = b.negative();
        if (b.infinite() && (down ? a.infinite() : a.zero())) {
            return Oracle.invalid();
        }
        int denormals = Oracle.denormals(a, b);
        if (a.infinite() || a.zero() || b.infinite()) {
            boolean zero = a.zero() || !a.infinite() && down;
            return Oracle.exactly(zero ? Oracle.zero(a.negative()) : Oracle.infinity(a.negative()), denormals);
        }
        BigInteger most = BigInteger.valueOf(70_000);
        BigInteger magnitude =
                b.power() > 0 ? most : b.integer().shiftRight(-b.power()).min(most);
        int n = down ? -magnitude.intValue() : magnitude.intValue();
        return new Oracle(control, 64).round(a.negative(), Exact.integer(a.integer(), a.power() + n), denormals);
    }

    @Test
    void extractsExponentAndSignificand() {
        forAllPairs((a, b, control) -> {
            context.begin(control);
            Scaling.exponent(context, a.exponent(), a.mantissa());
            Outcome special = Oracle.special(a);
            if (special == null && !a.infinite() && !a.zero() && !context.suppressed()) {
                int exponent = a.power() + a.integer().bitLength() - 1;
                Value expected = exponent == 0
                        ? Oracle.zero(false)
                        : new Oracle(control, 64)
                                .round(exponent < 0, Exact.integer(BigInteger.valueOf(Math.abs(exponent)), 0), 0)
                                .value();
                check(Oracle.exactly(expected, Oracle.denormals(a)), control, a, a);
                Scaling.significand(context, a.exponent(), a.mantissa());
                long mantissa = a.mantissa() << Long.numberOfLeadingZeros(a.mantissa());
                Value significand = new Value(a.exponent() & 0x8000 | 0x3FFF, mantissa);
                check(Oracle.exactly(significand, Oracle.denormals(a)), control, a, a);
            }
        });
    }

    @Test
    void extractsFromZeroAndInfinity() {
        context.begin(0x37F);
        Scaling.exponent(context, 0x8000, 0);
        check(Oracle.exactly(Oracle.infinity(true), Oracle.ZERO_DIVIDE), 0x37F, Oracle.zero(true), null);
        Scaling.significand(context, 0x8000, 0);
        assertThat(new Value(context.exponent, context.mantissa)).isEqualTo(Oracle.zero(true));
        context.begin(0x37F);
        Scaling.exponent(context, 0xFFFF, 1L << 63);
        check(Oracle.exactly(Oracle.infinity(false), 0), 0x37F, Oracle.infinity(true), null);
        Scaling.significand(context, 0xFFFF, 1L << 63);
        assertThat(new Value(context.exponent, context.mantissa)).isEqualTo(Oracle.infinity(true));
    }

    @Test
    void comparesByValue() {
        forAllPairs((a, b, control) -> {
            for (boolean quiet : new boolean[] {false, true}) {
                context.begin(control);
                int relation =
                        Comparison.compare(context, a.exponent(), a.mantissa(), b.exponent(), b.mantissa(), quiet);
                int raised = Oracle.denormals(a, b);
                int expected;
                if (Oracle.special(a, b) == null) {
                    int order = order(a, b);
                    expected = order == 0 ? 0x4000 : order < 0 ? 0x100 : 0;
                } else {
                    boolean silent = quiet && Oracle.special(a, b).raised() == 0;
                    raised = silent ? 0 : Oracle.INVALID;
                    expected = 0x4500;
                }
                boolean same = relation == expected && context.raised() == raised;
                assertThat(same).as("%s %s", a, b).isTrue();
            }
        });
    }

    private static int order(Value a, Value b) {
        if (a.infinite() || b.infinite()) {
            return Integer.compare(infinity(a), infinity(b));
        }
        int power = Math.min(a.power(), b.power());
        if (Math.max(a.power(), b.power()) - power > 200 && !a.zero() && !b.zero()) {
            boolean negative = (a.power() > b.power() ? a : b).negative();
            return a.power() > b.power() ^ negative ? 1 : -1;
        }
        return scaled(a, power).compareTo(scaled(b, power));
    }

    private static int infinity(Value v) {
        return v.infinite() ? (v.negative() ? -1 : 1) : 0;
    }

    private static BigInteger scaled(Value v, int power) {
        BigInteger magnitude = v.zero() ? BigInteger.ZERO : v.integer().shiftLeft(v.power() - power);
        return v.negative() ? magnitude.negate() : magnitude;
    }

    @Test
    void examinesEveryClass() {
        assertThat(Extended.examine(0x4000, 0x4000_0000_0000_0000L)).isZero();
        assertThat(Extended.examine(0xFFFF, 3L << 62)).isEqualTo(0x300);
        assertThat(Extended.examine(0x3FFF, 1L << 63)).isEqualTo(0x400);
        assertThat(Extended.examine(0xFFFF, 1L << 63)).isEqualTo(0x700);
        assertThat(Extended.examine(0x8000, 0)).isEqualTo(0x4200);
        assertThat(Extended.examine(0, 1)).isEqualTo(0x4400);
        assertThat(Extended.examine(0, 1L << 63)).isEqualTo(0x4400);
    }

    @Test
    void tagsEveryClass() {
        assertThat(Extended.tag(0x3FFF, 1L << 63)).isZero();
        assertThat(Extended.tag(0x8000, 0)).isEqualTo(1);
        assertThat(Extended.tag(0, 1L << 63)).isEqualTo(2);
        assertThat(Extended.tag(0x7FFF, 1L << 63)).isEqualTo(2);
        assertThat(Extended.tag(0x3FFF, 1)).isEqualTo(2);
    }
}
