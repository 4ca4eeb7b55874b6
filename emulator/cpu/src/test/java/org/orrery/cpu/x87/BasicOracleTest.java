package org.orrery.cpu.x87;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.orrery.cpu.x87.Oracle.Outcome;
import org.orrery.cpu.x87.Oracle.Value;

/** The five operations that IEEE 754 defines, bit for bit against exact arithmetic, under every rounding and precision control. */
class BasicOracleTest {
    /** Random operands for each operation, rounding and precision. */
    static final int CASES = Integer.getInteger("orrery.x87.cases", 100_000);

    private static final int[] PRECISIONS = {0, 2, 3};
    private static final int[] MASKS = {0x3F, 0x00, 0x2F, 0x37};

    enum Operation {
        ADD {
            @Override
            void execute(Context c, Value a, Value b) {
                Basic.add(c, a.exponent(), a.mantissa(), b.exponent(), b.mantissa());
            }

            @Override
            Outcome expected(Oracle oracle, Value a, Value b) {
                return sum(oracle, a, b, b.negative());
            }
        },
        SUBTRACT {
            @Override
            void execute(Context c, Value a, Value b) {
                Basic.subtract(c, a.exponent(), a.mantissa(), b.exponent(), b.mantissa());
            }

            @Override
            Outcome expected(Oracle oracle, Value a, Value b) {
                return sum(oracle, a, b, !b.negative());
            }
        },
        MULTIPLY {
            @Override
            void execute(Context c, Value a, Value b) {
                Basic.multiply(c, a.exponent(), a.mantissa(), b.exponent(), b.mantissa());
            }

            @Override
            Outcome expected(Oracle oracle, Value a, Value b) {
                boolean negative = a.negative() ^ b.negative();
                boolean infinite = a.infinite() || b.infinite();
                boolean zero = a.zero() || b.zero();
                if (infinite || zero) {
                    return infinite && zero
                            ? Oracle.invalid()
                            : Oracle.exactly(
                                    infinite ? Oracle.infinity(negative) : Oracle.zero(negative),
                                    Oracle.denormals(a, b));
                }
                Exact product = Exact.integer(a.integer().multiply(b.integer()), a.power() + b.power());
                return oracle.round(negative, product, Oracle.denormals(a, b));
            }
        },
        DIVIDE {
            @Override
            void execute(Context c, Value a, Value b) {
                Basic.divide(c, a.exponent(), a.mantissa(), b.exponent(), b.mantissa());
            }

            @Override
            Outcome expected(Oracle oracle, Value a, Value b) {
                boolean negative = a.negative() ^ b.negative();
                if (a.infinite() && b.infinite() || a.zero() && b.zero()) {
                    return Oracle.invalid();
                }
                if (b.zero() && !a.infinite()) {
                    return Oracle.exactly(Oracle.infinity(negative), Oracle.ZERO_DIVIDE);
                }
                if (a.infinite() || b.infinite() || a.zero()) {
                    return Oracle.exactly(
                            a.infinite() ? Oracle.infinity(negative) : Oracle.zero(negative), Oracle.denormals(a, b));
                }
                Exact quotient = Exact.fraction(a.integer(), b.integer(), a.power() - b.power());
                return oracle.round(negative, quotient, Oracle.denormals(a, b));
            }
        },
        SQUARE_ROOT {
            @Override
            void execute(Context c, Value a, Value b) {
                Basic.squareRoot(c, a.exponent(), a.mantissa());
            }

            @Override
            Outcome expected(Oracle oracle, Value a, Value b) {
                if (a.zero()) {
                    return Oracle.exactly(a, 0);
                }
                if (a.negative()) {
                    return Oracle.invalid();
                }
                if (a.infinite()) {
                    return Oracle.exactly(a, 0);
                }
                int odd = a.power() & 1;
                Exact root = Exact.root(a.integer().shiftLeft(odd), a.power() - odd);
                return oracle.round(false, root, Oracle.denormals(a));
            }

            @Override
            Value[] operands(Value a, Value b) {
                return new Value[] {a};
            }
        };

        abstract void execute(Context c, Value a, Value b);

        abstract Outcome expected(Oracle oracle, Value a, Value b);

        Value[] operands(Value a, Value b) {
            return new Value[] {a, b};
        }

        private static Outcome sum(Oracle oracle, Value a, Value b, boolean bNegative) {
            if (a.infinite() && b.infinite() && a.negative() != bNegative) {
                return Oracle.invalid();
            }
            if (a.infinite() || b.infinite()) {
                boolean negative = a.infinite() ? a.negative() : bNegative;
                return Oracle.exactly(Oracle.infinity(negative), Oracle.denormals(a, b));
            }
            if (a.zero() && b.zero()) {
                boolean negative = a.negative() == bNegative ? bNegative : oracle.roundsDown();
                return Oracle.exactly(Oracle.zero(negative), 0);
            }
            if (!a.zero() && !b.zero() && Math.abs(a.power() - b.power()) > 300) {
                return sumOfDistant(oracle, a, b, bNegative);
            }
            int power = Math.min(a.power(), b.power());
            BigInteger x = a.integer().shiftLeft(a.power() - power);
            BigInteger y = b.integer().shiftLeft(b.power() - power);
            BigInteger sum = (a.negative() ? x.negate() : x).add(bNegative ? y.negate() : y);
            if (sum.signum() == 0) {
                return Oracle.exactly(Oracle.zero(oracle.roundsDown()), Oracle.denormals(a, b));
            }
            return oracle.round(sum.signum() < 0, Exact.integer(sum.abs(), power), Oracle.denormals(a, b));
        }

        /** The lesser of two numbers far apart is only a trace below the last bit of the greater; any trace will do. */
        private static Outcome sumOfDistant(Oracle oracle, Value a, Value b, boolean bNegative) {
            boolean first = a.power() > b.power();
            Value greater = first ? a : b;
            BigInteger x = greater.integer().shiftLeft(200);
            BigInteger trace = a.negative() == bNegative ? BigInteger.ONE : BigInteger.ONE.negate();
            boolean negative = first ? a.negative() : bNegative;
            return oracle.round(negative, Exact.integer(x.add(trace), greater.power() - 200), Oracle.denormals(a, b));
        }
    }

    private final Context context = new Context();

    @ParameterizedTest
    @EnumSource(Operation.class)
    void agreesWithExactArithmeticOnRandomOperands(Operation operation) {
        for (int rounding = 0; rounding < 4; rounding++) {
            for (int precision : PRECISIONS) {
                Operands operands = new Operands(1000L * operation.ordinal() + 10 * rounding + precision);
                for (int i = 0; i < CASES; i++) {
                    int masks = MASKS[i % 8 < 5 ? 0 : i % 8 - 4];
                    Value a = operands.any();
                    check(operation, rounding << 10 | precision << 8 | masks, a, operands.near(a));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void agreesWithExactArithmeticOnAllSpecialOperands(Operation operation) {
        List<Value> special = Operands.special();
        for (int control = 0; control < 16; control++) {
            for (int masks : new int[] {0x3F, 0x00, 0x3D}) {
                for (Value a : special) {
                    for (Value b : operation == Operation.SQUARE_ROOT ? special.subList(0, 1) : special) {
                        check(operation, control << 8 | masks, a, b);
                    }
                }
            }
        }
    }

    private void check(Operation operation, int control, Value a, Value b) {
        Outcome expected = Oracle.special(operation.operands(a, b));
        if (expected == null) {
            expected = operation.expected(new Oracle(control), a, b);
        }
        context.begin(control);
        operation.execute(context, a, b);
        boolean suppressed = (expected.raised() & ~control & 7) != 0;
        boolean same = context.raised() == expected.raised()
                && context.suppressed() == suppressed
                && (suppressed
                        || context.exponent == expected.value().exponent()
                                && context.mantissa == expected.value().mantissa()
                                && context.roundedUp == expected.up());
        if (!same) {
            Value result = new Value(context.exponent, context.mantissa);
            Outcome actual = new Outcome(result, context.raised(), context.roundedUp);
            assertThat(actual)
                    .as("%s %s %s under %03x", operation, a, b, control)
                    .isEqualTo(expected);
        }
    }
}
