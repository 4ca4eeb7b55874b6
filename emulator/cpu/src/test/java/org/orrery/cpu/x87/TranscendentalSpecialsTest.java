package org.orrery.cpu.x87;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.orrery.cpu.x87.Oracle.Value;

/** The tables of the manual for zeros, infinities and ends of ranges, and the constants. */
class TranscendentalSpecialsTest {
    private final Context context = new Context();

    private static Value value(String name) {
        return switch (name) {
            case "+0" -> Oracle.zero(false);
            case "-0" -> Oracle.zero(true);
            case "+inf" -> Oracle.infinity(false);
            case "-inf" -> Oracle.infinity(true);
            case "+1" -> new Value(0x3FFF, 1L << 63);
            case "-1" -> new Value(0xBFFF, 1L << 63);
            case "+2" -> new Value(0x4000, 1L << 63);
            case "+1/2" -> new Value(0x3FFE, 1L << 63);
            case "-1/2" -> new Value(0xBFFE, 1L << 63);
            case "+pi" -> new Value(0x4000, 0xC90F_DAA2_2168_C235L);
            case "-pi" -> new Value(0xC000, 0xC90F_DAA2_2168_C235L);
            case "+pi/2" -> new Value(0x3FFF, 0xC90F_DAA2_2168_C235L);
            case "-pi/2" -> new Value(0xBFFF, 0xC90F_DAA2_2168_C235L);
            case "+pi/4" -> new Value(0x3FFE, 0xC90F_DAA2_2168_C235L);
            case "-3pi/4" -> new Value(0xC000, 0x96CB_E3F9_990E_91A8L);
            default -> Oracle.INDEFINITE;
        };
    }

    private void check(Consumer<Context> operation, String result, int raised) {
        context.begin(0x37F);
        operation.accept(context);
        assertThat(new Value(context.exponent, context.mantissa)).isEqualTo(value(result));
        assertThat(context.raised()).isEqualTo(raised);
    }

    @ParameterizedTest
    @CsvSource({
        "+0, +1, +0, 0",
        "-0, +1, -0, 0",
        "+0, +0, +0, 0",
        "-0, -0, -pi, 32",
        "+0, -1, +pi, 32",
        "-0, -inf, -pi, 32",
        "+1, +inf, +0, 0",
        "+1, -inf, +pi, 32",
        "+inf, +1, +pi/2, 32",
        "-inf, -0, -pi/2, 32",
        "-1, +0, -pi/2, 32",
        "+inf, +inf, +pi/4, 32",
        "-inf, -inf, -3pi/4, 32",
        "+1, +1, +pi/4, 32"
    })
    void arctangent(String y, String x, String result, int raised) {
        Value a = value(y);
        Value b = value(x);
        check(
                c -> new Arctangent().arctangent(c, a.exponent(), a.mantissa(), b.exponent(), b.mantissa()),
                result,
                raised);
    }

    @ParameterizedTest
    @CsvSource({
        "+1, -1, nan, 1",
        "+1, -inf, nan, 1",
        "+0, +0, nan, 1",
        "+1, +0, -inf, 4",
        "-1, -0, +inf, 4",
        "+inf, +0, -inf, 0",
        "-inf, +0, +inf, 0",
        "+inf, +1, nan, 1",
        "-1, +1, -0, 0",
        "-0, +1, -0, 0",
        "+0, +inf, nan, 1",
        "-1, +inf, -inf, 0",
        "+inf, +2, +inf, 0",
        "+inf, +1/2, -inf, 0",
        "+0, +1/2, -0, 0",
        "-0, +2, -0, 0",
        "+1, +2, +1, 0",
        "+1/2, +1/2, -1/2, 0"
    })
    void logarithm(String y, String x, String result, int raised) {
        Value a = value(y);
        Value b = value(x);
        check(c -> new Logarithm().yLog2X(c, b.exponent(), b.mantissa(), a.exponent(), a.mantissa()), result, raised);
    }

    @ParameterizedTest
    @CsvSource({
        "+1, -0, -0, 0",
        "-1, +0, -0, 0",
        "+inf, +0, nan, 1",
        "-inf, -1/2, +inf, 0",
        "+0, +1/2, +0, 0",
        "+1, +1, +1, 0",
        "+1, -1/2, -1, 0",
        "+1, -1, nan, 1",
        "+1, +inf, +inf, 0",
        "+0, +inf, nan, 1"
    })
    void logarithmPlus1(String y, String x, String result, int raised) {
        Value a = value(y);
        Value b = value(x);
        check(
                c -> new Logarithm().yLog2XPlus1(c, b.exponent(), b.mantissa(), a.exponent(), a.mantissa()),
                result,
                raised);
    }

    @ParameterizedTest
    @CsvSource({"+0, +0", "-0, -0", "+1, +1", "-1, -1/2", "+inf, +inf", "-inf, -1"})
    void powerOf2Minus1(String x, String result) {
        Value a = value(x);
        check(c -> new Logarithm().powerOf2Minus1(c, a.exponent(), a.mantissa()), result, 0);
    }

    @Test
    void zeroAndInfiniteAngles() {
        Trigonometry trigonometry = new Trigonometry();
        check(c -> trigonometry.sine(c, 0x8000, 0), "-0", 0);
        check(c -> trigonometry.cosine(c, 0x8000, 0), "+1", 0);
        check(c -> trigonometry.tangent(c, 0x8000, 0), "-0", 0);
        check(c -> trigonometry.sine(c, 0x7FFF, 1L << 63), "nan", 1);
    }

    /** Nearest, down, up and truncated. */
    @ParameterizedTest
    @CsvSource({
        "pi, 4000:c90fdaa22168c235, 4000:c90fdaa22168c234, 4000:c90fdaa22168c235",
        "l2t, 4000:d49a784bcd1b8afe, 4000:d49a784bcd1b8afe, 4000:d49a784bcd1b8aff",
        "l2e, 3fff:b8aa3b295c17f0bc, 3fff:b8aa3b295c17f0bb, 3fff:b8aa3b295c17f0bc",
        "lg2, 3ffd:9a209a84fbcff799, 3ffd:9a209a84fbcff798, 3ffd:9a209a84fbcff799",
        "ln2, 3ffe:b17217f7d1cf79ac, 3ffe:b17217f7d1cf79ab, 3ffe:b17217f7d1cf79ac"
    })
    void constantsAreRoundedByTheControlWord(String name, String nearest, String down, String up) {
        assertThat(constant(name, 0x07F)).hasToString(nearest);
        assertThat(constant(name, 0x47F)).hasToString(down);
        assertThat(constant(name, 0x87F)).hasToString(up);
        assertThat(constant(name, 0xC7F)).hasToString(down);
    }

    private Value constant(String name, int control) {
        context.begin(control);
        switch (name) {
            case "pi" -> Constants.pi(context);
            case "l2t" -> Constants.log2Of10(context);
            case "l2e" -> Constants.log2OfE(context);
            case "lg2" -> Constants.log10Of2(context);
            default -> Constants.lnOf2(context);
        }
        assertThat(context.raised()).isZero();
        return new Value(context.exponent, context.mantissa);
    }
}
