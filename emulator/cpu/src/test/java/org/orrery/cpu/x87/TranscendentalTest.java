package org.orrery.cpu.x87;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.orrery.cpu.x87.Oracle.Outcome;
import org.orrery.cpu.x87.Oracle.Value;

/**
 * The transcendental functions against series of 75 decimal places: not only within one unit in the last place, but rounded as the exact
 * value is, in every mode.
 */
class TranscendentalTest {
    private static final int CASES = Integer.getInteger("orrery.x87.transcendental.cases", 2_000);
    private static final int STEPS = 30;
    private static final Value ONE = new Value(0x3FFF, 1L << 63);

    enum Function {
        SINE(0x3FFF + 62) {
            @Override
            void execute(Context c, Value x, Value y) {
                new Trigonometry().sine(c, x.exponent(), x.mantissa());
            }

            @Override
            BigDecimal exact(Value x, Value y) {
                return BigFunctions.sine(BigFunctions.of(x));
            }
        },
        COSINE(0x3FFF + 62) {
            @Override
            void execute(Context c, Value x, Value y) {
                new Trigonometry().cosine(c, x.exponent(), x.mantissa());
            }

            @Override
            BigDecimal exact(Value x, Value y) {
                return BigFunctions.cosine(BigFunctions.of(x));
            }
        },
        TANGENT(0x3FFF + 62) {
            @Override
            void execute(Context c, Value x, Value y) {
                new Trigonometry().tangent(c, x.exponent(), x.mantissa());
            }

            @Override
            BigDecimal exact(Value x, Value y) {
                return BigFunctions.tangent(BigFunctions.of(x));
            }
        },
        ARCTANGENT(0x7FFE) {
            @Override
            void execute(Context c, Value x, Value y) {
                new Arctangent().arctangent(c, y.exponent(), y.mantissa(), x.exponent(), x.mantissa());
            }

            @Override
            BigDecimal exact(Value x, Value y) {
                return BigFunctions.angle(BigFunctions.of(y), BigFunctions.of(x));
            }

            @Override
            Value second(Operands operands, Value x) {
                Value y = operands.near(x);
                return new Value(y.exponent() & 0x8000 | normal(y), y.mantissa() | 1L << 63);
            }
        },
        LOGARITHM(0x7FFE) {
            @Override
            void execute(Context c, Value x, Value y) {
                new Logarithm().yLog2X(c, x.exponent() & 0x7FFF, x.mantissa(), y.exponent(), y.mantissa());
            }

            @Override
            BigDecimal exact(Value x, Value y) {
                Value positive = new Value(x.exponent() & 0x7FFF, x.mantissa());
                return BigFunctions.log2(positive).multiply(BigFunctions.of(y));
            }

            /** The logarithms of powers of two are exact. */
            @Override
            Exact magnitude(BigDecimal value, Value x, Value y) {
                if (x.mantissa() != 1L << 63) {
                    return super.magnitude(value, x, y);
                }
                return Exact.integer(
                        y.integer().multiply(BigInteger.valueOf(Math.abs(x.biased() - 0x3FFF))), y.power());
            }

            @Override
            Value second(Operands operands, Value x) {
                int sign = operands.integer(2) << 15;
                return new Value(sign | 1 + operands.integer(0x7FFE), operands.bits() | 1L << 63);
            }
        },
        LOGARITHM_PLUS_1(0x3FFF - 2) {
            @Override
            void execute(Context c, Value x, Value y) {
                new Logarithm().yLog2XPlus1(c, x.exponent(), x.mantissa(), y.exponent(), y.mantissa());
            }

            @Override
            BigDecimal exact(Value x, Value y) {
                return BigFunctions.log2Plus1(BigFunctions.of(x)).multiply(BigFunctions.of(y));
            }

            @Override
            Value second(Operands operands, Value x) {
                return new Value(0x3FFF + operands.integer(64), operands.bits() | 1L << 63);
            }
        },
        POWER(0x3FFF - 1) {
            @Override
            void execute(Context c, Value x, Value y) {
                new Logarithm().powerOf2Minus1(c, x.exponent(), x.mantissa());
            }

            @Override
            BigDecimal exact(Value x, Value y) {
                return BigFunctions.powerOf2Minus1(BigFunctions.of(x));
            }
        };

        private final int greatest;

        Function(int greatest) {
            this.greatest = greatest;
        }

        abstract void execute(Context c, Value x, Value y);

        abstract BigDecimal exact(Value x, Value y);

        Value second(Operands operands, Value x) {
            return ONE;
        }

        /** Where the series vanish, sine, cosine and arctangent are just below, the tangent just above what they tend to. */
        Exact magnitude(BigDecimal value, Value x, Value y) {
            return BigFunctions.exact(value, this == TANGENT);
        }

        private static int normal(Value v) {
            return Math.min(Math.max(1, v.biased()), 0x7FFE);
        }

        /** Within the range of the function; half of them of middling size, a few of any. */
        private Value first(Operands operands, int i) {
            int sign = operands.integer(2) << 15;
            int lower = 0x3FFF - 6;
            int exponent = switch (i % 8) {
                case 0 -> 1 + operands.integer(greatest);
                case 1, 2 -> Math.min(greatest, 0x3FFF - 70 + operands.integer(140));
                case 3 -> greatest - operands.integer(Math.min(20, greatest));
                default -> Math.min(greatest, lower + operands.integer(12));
            };
            return new Value(sign | exponent, operands.bits() | 1L << 63);
        }
    }

    private final Context context = new Context();

    @ParameterizedTest
    @EnumSource(Function.class)
    void roundsAsTheExactValue(Function function) {
        Operands operands = new Operands(function.ordinal());
        for (int i = 0; i < CASES; i++) {
            Value x = function.first(operands, i);
            if (x.equals(ONE)) {
                continue;
            }
            Value y = function.second(operands, x);
            BigDecimal exact = function.exact(x, y);
            for (int rounding = 0; rounding < 4; rounding++) {
                check(function, 0x33F | rounding << 10, x, y, exact);
            }
        }
    }

    private void check(Function function, int control, Value x, Value y, BigDecimal exact) {
        Outcome expected = new Oracle(control, 64)
                .round(exact.signum() < 0, function.magnitude(exact, x, y), Oracle.denormals(x, y));
        context.begin(control);
        function.execute(context, x, y);
        Outcome actual =
                new Outcome(new Value(context.exponent, context.mantissa), context.raised(), context.roundedUp);
        if (!actual.equals(expected)) {
            assertThat(actual)
                    .as("%s %s %s under %03x", function, x, y, control)
                    .isEqualTo(expected);
        }
    }

    /** Multiples of pi/2 rounded to 64 bits, whose sine or cosine is next to nothing. */
    @ParameterizedTest
    @EnumSource(names = {"SINE", "COSINE", "TANGENT"})
    void reducesExactlyNearMultiplesOfPi(Function function) {
        for (int i = 1; i < 400; i++) {
            BigDecimal angle = BigFunctions.PI.multiply(BigDecimal.valueOf(i)).divide(BigDecimal.valueOf(2));
            Value x = new Oracle(0x37F, 64)
                    .round(false, BigFunctions.exact(angle, true), 0)
                    .value();
            check(function, 0x37F, x, ONE, function.exact(x, ONE));
        }
    }

    @ParameterizedTest
    @EnumSource(Function.class)
    void isMonotonic(Function function) {
        Operands operands = new Operands(99 + function.ordinal());
        for (int i = 0; i < CASES; i++) {
            int exponent = Math.min(function.greatest, 0x3FFF) - 1 - operands.integer(10);
            Value x = new Value(exponent, operands.bits() | 1L << 63);
            Value last = nearest(function, x);
            for (int step = 0; step < STEPS && x.mantissa() != -1L; step++) {
                x = new Value(exponent, x.mantissa() + 1);
                Value next = nearest(function, x);
                int order = compare(next, last);
                boolean falls = function == Function.COSINE || function == Function.ARCTANGENT;
                assertThat(falls ? -order : order).as("%s at %s", function, x).isNotNegative();
                last = next;
            }
        }
    }

    private Value nearest(Function function, Value x) {
        context.begin(0x37F);
        function.execute(context, x, ONE);
        return new Value(context.exponent, context.mantissa);
    }

    private int compare(Value a, Value b) {
        int relation = Comparison.compare(context, a.exponent(), a.mantissa(), b.exponent(), b.mantissa(), false);
        return relation == Comparison.LESS ? -1 : relation == Comparison.EQUAL ? 0 : 1;
    }

    @Test
    void operandsFrom2To63OnAreOutOfRange() {
        for (long mantissa : new long[] {1L << 63, -1L}) {
            context.begin(0x37F);
            new Trigonometry().sine(context, 0x3FFF + 63, mantissa);
            assertThat(context.incomplete).isTrue();
            assertThat(new Value(context.exponent, context.mantissa)).isEqualTo(new Value(0x3FFF + 63, mantissa));
            assertThat(context.raised()).isZero();
        }
    }
}
