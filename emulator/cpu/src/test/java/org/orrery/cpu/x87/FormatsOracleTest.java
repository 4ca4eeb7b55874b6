package org.orrery.cpu.x87;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.orrery.cpu.x87.Oracle.Outcome;
import org.orrery.cpu.x87.Oracle.Value;

/** Conversions between extended values and the formats of memory, and rounding to an integral value. */
class FormatsOracleTest {
    private static final BigInteger GREATEST_DECIMAL = BigInteger.TEN.pow(18).subtract(BigInteger.ONE);

    private final Context context = new Context();

    private interface Check {
        void check(Value v, int control);
    }

    /** Random values, half of them of a size that matters for the conversion, and all special ones; all roundings; masked or not. */
    private static void forAll(long seed, int bias, int spread, Check check) {
        for (int rounding = 0; rounding < 4; rounding++) {
            Operands operands = new Operands(seed + rounding);
            for (int i = 0; i < BasicOracleTest.CASES; i++) {
                Value v = operands.any();
                if (i % 2 == 0) {
                    int exponent = bias + operands.integer(2 * spread) - spread;
                    v = new Value(v.exponent() & 0x8000 | exponent, operands.bits() | 1L << 63);
                }
                check.check(v, 0x300 | rounding << 10 | (i % 3 == 0 ? 0 : 0x3F));
            }
            for (Value v : Operands.special()) {
                check.check(v, 0x300 | rounding << 10);
                check.check(v, 0x33F | rounding << 10);
            }
        }
    }

    @Test
    void narrowsToSingle() {
        forAll(1, 0x3FFF, 160, (v, control) -> {
            context.begin(control);
            int bits = Formats.toSingle(context, v.exponent(), v.mantissa());
            Outcome expected = narrowed(v, new Oracle(control, 24, -126, 127), control);
            checkNarrowed(v, control, expected, () -> packed(expected.value(), 24, 127), bits & 0xFFFF_FFFFL);
        });
    }

    @Test
    void narrowsToDouble() {
        forAll(2, 0x3FFF, 1100, (v, control) -> {
            context.begin(control);
            long bits = Formats.toDouble(context, v.exponent(), v.mantissa());
            Outcome expected = narrowed(v, new Oracle(control, 53, -1022, 1023), control);
            checkNarrowed(v, control, expected, () -> packed(expected.value(), 53, 1023), bits);
        });
    }

    private void checkNarrowed(Value v, int control, Outcome expected, LongSupplier bits, long actual) {
        boolean stored = (expected.raised() & ~control & 0x1F) == 0;
        boolean same = context.raised() == expected.raised()
                && context.storeSuppressed() == !stored
                && context.roundedUp == expected.up()
                && (!stored || bits.getAsLong() == actual);
        if (!same) {
            assertThat(new Outcome(new Value(0, actual), context.raised(), context.roundedUp))
                    .as("%s under %03x", v, control)
                    .isEqualTo(expected);
        }
    }

    private static Outcome narrowed(Value v, Oracle oracle, int control) {
        Outcome special = Oracle.special(v);
        if (special != null) {
            return special;
        }
        if (v.infinite() || v.zero()) {
            return Oracle.exactly(v, 0);
        }
        Outcome rounded = oracle.round(v.negative(), Exact.integer(v.integer(), v.power()), 0);
        int unmasked = rounded.raised() & ~control & (Oracle.OVERFLOW | Oracle.UNDERFLOW);
        return unmasked != 0 ? Oracle.exactly(v, unmasked) : rounded;
    }

    /** The bits of a narrow format, for a value that fits it. */
    private static long packed(Value v, int bits, int bias) {
        int biased = v.biased() - 16383 + bias;
        if (v.zero() || biased < 0) {
            biased = 0;
        } else if (v.biased() == 0x7FFF) {
            biased = 2 * bias + 1;
        }
        long fraction = v.mantissa() << 1 >>> 65 - bits;
        long sign = v.negative() ? 1 : 0;
        return (sign << (bits == 24 ? 31 : 63)) | (long) biased << bits - 1 | fraction;
    }

    @Test
    void widensSinglesAndDoublesExactly() {
        Operands operands = new Operands(3);
        for (int i = 0; i < BasicOracleTest.CASES; i++) {
            int single = (int) operands.bits();
            context.begin(0x37F);
            Formats.fromSingle(context, single);
            checkWidened(Float.intBitsToFloat(single), (single & 0x7F80_0000) == 0 && single << 1 != 0);
            long wide = operands.bits();
            context.begin(0x37F);
            Formats.fromDouble(context, wide);
            checkWidened(Double.longBitsToDouble(wide), (wide & 0x7FF0_0000_0000_0000L) == 0 && wide << 1 != 0);
        }
    }

    private void checkWidened(double value, boolean denormal) {
        Value v = new Value(context.exponent, context.mantissa);
        if (Double.isNaN(value)) {
            assertThat(v.nan() && !v.signaling()).isTrue();
        } else if (Double.isInfinite(value)) {
            assertThat(v).isEqualTo(Oracle.infinity(value < 0));
        } else {
            assertThat(context.raised()).isEqualTo(denormal ? Oracle.DENORMAL : 0);
            assertThat(v.zero() || v.mantissa() < 0).isTrue();
            boolean negative = Double.doubleToRawLongBits(value) < 0;
            assertThat(v.negative()).isEqualTo(negative);
            assertThat(v.mantissa() & 0x7FF).isZero();
            assertThat(Math.scalb((double) (v.mantissa() >>> 11), v.power() + 11))
                    .isEqualTo(Math.abs(value));
        }
    }

    @Test
    void signalingNarrowNaNsAreInvalidAndBecomeQuiet() {
        context.begin(0x37F);
        Formats.fromSingle(context, 0xFF80_0001);
        assertThat(context.raised()).isEqualTo(Oracle.INVALID);
        assertThat(new Value(context.exponent, context.mantissa)).hasToString("ffff:c000010000000000");
        context.begin(0x37F);
        Formats.fromDouble(context, 0x7FF0_0000_0000_0001L);
        assertThat(context.raised()).isEqualTo(Oracle.INVALID);
        assertThat(new Value(context.exponent, context.mantissa)).hasToString("7fff:c000000000000800");
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32, 64})
    void roundsToIntegers(int bits) {
        BigInteger most = BigInteger.ONE.shiftLeft(bits - 1);
        forAll(bits, 0x3FFF + bits / 2, bits / 2 + 3, (v, control) -> {
            context.begin(control);
            long actual = Formats.toInteger(context, v.exponent(), v.mantissa(), bits);
            BigInteger magnitude = integral(v, control);
            boolean fits = magnitude != null
                    && (v.negative() ? magnitude : magnitude.add(BigInteger.ONE)).compareTo(most) <= 0;
            BigInteger expected = fits ? (v.negative() ? magnitude.negate() : magnitude) : most.negate();
            checkInteger(v, control, fits, expected.longValue() == actual);
        });
    }

    @Test
    void roundsToPackedDecimals() {
        forAll(5, 0x3FFF + 32, 34, (v, control) -> {
            context.begin(control);
            Formats.toDecimal(context, v.exponent(), v.mantissa());
            BigInteger magnitude = integral(v, control);
            boolean fits = magnitude != null && magnitude.compareTo(GREATEST_DECIMAL) <= 0;
            String digits = fits ? String.format("%018d", magnitude) : "";
            String expected = fits ? (v.negative() ? "80" : "00") + digits : "ffffc000000000000000";
            String actual = String.format("%04x%016x", context.exponent, context.mantissa);
            checkInteger(v, control, fits, expected.equals(actual));
        });
    }

    /** The magnitude rounded to an integer; null for what is none. */
    private static BigInteger integral(Value v, int control) {
        if (v.unsupported() || v.biased() == 0x7FFF) {
            return null;
        }
        if (v.zero()) {
            return BigInteger.ZERO;
        }
        return v.power() > 0
                ? v.integer().shiftLeft(v.power())
                : new Oracle(control).toInteger(v.negative(), Exact.integer(v.integer(), v.power()));
    }

    private void checkInteger(Value v, int control, boolean fits, boolean sameDigits) {
        int raised = Oracle.INVALID;
        boolean up = false;
        if (fits) {
            Exact.Split s = v.zero()
                    ? new Exact.Split(BigInteger.ZERO, 0)
                    : Exact.integer(v.integer(), v.power()).split(0);
            raised = s.rest() == 0 ? 0 : Oracle.PRECISION;
            up = new Oracle(control).increments(v.negative(), s);
        }
        boolean same = sameDigits && context.raised() == raised && context.roundedUp == up;
        assertThat(same).as("%s under %03x", v, control).isTrue();
    }

    @Test
    void widensIntegersAndPackedDecimals() {
        Operands operands = new Operands(6);
        long[] edges = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, Integer.MIN_VALUE};
        for (int i = 0; i < BasicOracleTest.CASES; i++) {
            long value = i < edges.length ? edges[i] : operands.bits();
            context.begin(0x37F);
            Formats.fromInteger(context, value);
            assertThat(read()).isEqualTo(BigInteger.valueOf(value));
            long decimal = Math.floorMod(value, 1_000_000_000_000_000_000L);
            String digits = String.format("%018d", decimal);
            context.begin(0x37F);
            Formats.fromDecimal(
                    context,
                    Long.parseUnsignedLong(digits.substring(2), 16),
                    Integer.parseInt(digits.substring(0, 2), 16));
            assertThat(read()).isEqualTo(BigInteger.valueOf(decimal));
        }
    }

    @Test
    void packedDecimalsHaveSignedZeros() {
        context.begin(0x37F);
        Formats.fromDecimal(context, 0, 0x8000);
        assertThat(new Value(context.exponent, context.mantissa)).isEqualTo(Oracle.zero(true));
        Formats.toDecimal(context, 0x8000, 0);
        assertThat(context.exponent).isEqualTo(0x8000);
    }

    private BigInteger read() {
        Value v = new Value(context.exponent, context.mantissa);
        if (v.zero()) {
            return BigInteger.ZERO;
        }
        BigInteger magnitude = v.integer().shiftRight(-v.power());
        assertThat(magnitude.shiftLeft(-v.power())).isEqualTo(v.integer());
        return v.negative() ? magnitude.negate() : magnitude;
    }

    @Test
    void roundsToIntegralValues() {
        forAll(8, 0x3FFF + 32, 36, (v, control) -> {
            context.begin(control);
            Formats.toIntegral(context, v.exponent(), v.mantissa());
            Outcome expected = Oracle.special(v);
            if (expected == null) {
                expected = integralValue(v, control);
            }
            Outcome actual =
                    new Outcome(new Value(context.exponent, context.mantissa), context.raised(), context.roundedUp);
            boolean suppressed = (expected.raised() & ~control & 7) != 0;
            if (!suppressed && !actual.equals(expected)) {
                assertThat(actual).as("%s under %03x", v, control).isEqualTo(expected);
            }
            assertThat(context.suppressed()).isEqualTo(suppressed);
        });
    }

    private static Outcome integralValue(Value v, int control) {
        if (v.zero() || v.biased() == 0x7FFF || v.power() >= 0) {
            return Oracle.exactly(v, 0);
        }
        Exact.Split s = Exact.integer(v.integer(), v.power()).split(0);
        boolean up = new Oracle(control).increments(v.negative(), s);
        BigInteger magnitude = up ? s.floor().add(BigInteger.ONE) : s.floor();
        int raised = Oracle.denormals(v) | (s.rest() == 0 ? 0 : Oracle.PRECISION);
        Value value = magnitude.signum() == 0
                ? Oracle.zero(v.negative())
                : new Oracle(control, 64)
                        .round(v.negative(), Exact.integer(magnitude, 0), 0)
                        .value();
        return new Outcome(value, raised, up);
    }
}
