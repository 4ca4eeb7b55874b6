package org.orrery.cpu.x87;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.orrery.cpu.x87.Oracle.Outcome;
import org.orrery.cpu.x87.Oracle.Value;

/** FPREM and FPREM1 against integer division of big numbers, partial reductions included. */
class RemainderOracleTest {
    private final Context context = new Context();
    private int quotient;
    private boolean incomplete;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void agreesWithExactDivisionOnRandomOperands(boolean nearest) {
        for (int rounding = 0; rounding < 4; rounding++) {
            Operands operands = new Operands(7 + rounding);
            for (int i = 0; i < BasicOracleTest.CASES; i++) {
                Value a = operands.any();
                check(a, operands.near(a), nearest, rounding << 10 | (i % 4 == 0 ? 0x32F : 0x33F));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void agreesWithExactDivisionOnAllSpecialOperands(boolean nearest) {
        for (int masks : new int[] {0x3F, 0x00, 0x3D}) {
            for (Value a : Operands.special()) {
                for (Value b : Operands.special()) {
                    check(a, b, nearest, 0x300 | masks);
                }
            }
        }
    }

    private void check(Value a, Value b, boolean nearest, int control) {
        quotient = -1;
        incomplete = false;
        Outcome expected = Oracle.special(a, b);
        if (expected == null) {
            expected = expected(new Oracle(control, 64), a, b, nearest);
        }
        context.begin(control);
        if (nearest) {
            Remainder.nearest(context, a.exponent(), a.mantissa(), b.exponent(), b.mantissa());
        } else {
            Remainder.truncating(context, a.exponent(), a.mantissa(), b.exponent(), b.mantissa());
        }
        if (context.suppressed()) {
            assertThat(context.raised()).as("%s %s", a, b).isEqualTo(expected.raised());
            return;
        }
        Value result = new Value(context.exponent, context.mantissa);
        boolean same = context.raised() == expected.raised()
                && result.equals(expected.value())
                && context.quotient == quotient
                && context.incomplete == incomplete;
        if (!same) {
            assertThat(new Outcome(result, context.raised(), context.roundedUp))
                    .as("%s %s", a, b)
                    .isEqualTo(expected);
            assertThat(context.quotient).as("quotient of %s %s", a, b).isEqualTo(quotient);
            assertThat(context.incomplete).as("%s %s is incomplete", a, b).isEqualTo(incomplete);
        }
    }

    private Outcome expected(Oracle oracle, Value a, Value b, boolean nearest) {
        if (a.infinite() || b.zero()) {
            return Oracle.invalid();
        }
        int denormals = Oracle.denormals(a, b);
        quotient = 0;
        if (a.zero() || denormals != 0 && !oracle.masked(Oracle.DENORMAL)) {
            return Oracle.exactly(a, denormals);
        }
        if (b.infinite()) {
            return oracle.round(a.negative(), Exact.integer(a.integer(), a.power()), denormals);
        }
        int difference = top(a) - top(b);
        incomplete = difference >= 64;
        int reduced = incomplete ? difference - (32 + difference % 32) : 0;
        int power = Math.min(a.power(), b.power() + reduced);
        BigInteger x = a.integer().shiftLeft(a.power() - power);
        BigInteger y = b.integer().shiftLeft(b.power() + reduced - power);
        BigInteger[] parts = x.divideAndRemainder(y);
        BigInteger rest = parts[1];
        BigInteger q = parts[0];
        int half = rest.shiftLeft(1).compareTo(y);
        if (nearest && !incomplete && (half > 0 || half == 0 && q.testBit(0))) {
            rest = rest.subtract(y);
            q = q.add(BigInteger.ONE);
        }
        quotient = incomplete ? 0 : q.intValue() & 7;
        if (rest.signum() == 0) {
            return Oracle.exactly(Oracle.zero(a.negative()), denormals);
        }
        return oracle.round(a.negative() ^ rest.signum() < 0, Exact.integer(rest.abs(), power), denormals);
    }

    private static int top(Value v) {
        return v.power() + v.integer().bitLength();
    }
}
