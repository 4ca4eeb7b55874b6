package org.orrery.isa.asm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
    private static final String[] OPERATORS = {
        "+", "-", "*", "/", "//", " % ", " %% ", "<<", ">>", "<<<", ">>>", "&", "|", "^", "&&", "||", "^^", "==", "!="
    };
    private static final String[] NUMBERS = {
        "0",
        "1",
        "2",
        "7",
        "10",
        "255",
        "-1",
        "-7",
        "0x80000000",
        "0xFFFFFFFF",
        "lab",
        "($-$$)",
        "~5",
        "!3",
        "!0",
        "-(4)"
    };
    private static final String[] DIVISORS = {"3", "7", "-3", "1", "100"};
    private static final String[] SHIFTS = {"0", "1", "5", "31", "32", "40"};

    @TempDir
    Path directory;

    private static long value(String expression) {
        byte[] bytes = Sources.assemble("lab equ 5", "dq " + expression).toFlat();
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {
                "1+2*3 : 7",
                "(1+2)*3 : 9",
                "-7//2 : -3",
                "-7 %% 3 : -1",
                "-1/2 : 9223372036854775807",
                "1|2^3&6 : 1",
                "1<<4+1 : 32",
                "1 <=> 2 : -1",
                "`ab` : 25185",
                "0x10 + 10h + $10 + 0b11 + 11y + 17o + 1_000 : 1069",
            })
    void followsThePrecedenceOfNasm(String expression, long expected) {
        assertThat(value(expression)).isEqualTo(expected);
    }

    @Test
    void choosesByACondition() {
        assertThat(value("lab > 4 ? lab * 2 : 0")).isEqualTo(10);
    }

    private static String random(Random random, int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            return NUMBERS[random.nextInt(NUMBERS.length)];
        }
        String operator = OPERATORS[random.nextInt(OPERATORS.length)];
        String right = random(random, depth - 1);
        if ("/ // % %%".contains(operator.strip())) {
            right = DIVISORS[random.nextInt(DIVISORS.length)];
        } else if (operator.contains("<<") || operator.contains(">>")) {
            right = SHIFTS[random.nextInt(SHIFTS.length)];
        }
        String text = random(random, depth - 1) + operator + right;
        return random.nextBoolean() ? "(" + text + ")" : text;
    }

    /** Without comparisons by size, which NASM 2.16 decides by the sign of a difference that may overflow. */
    @Test
    void agreesWithNasmOnRandomExpressions() throws Exception {
        Nasm.assumeInstalled();
        Random random = new Random(64);
        List<String> lines = new ArrayList<>(List.of("lab equ 5"));
        for (int i = 0; i < 1000; i++) {
            lines.add("dq " + random(random, 1 + random.nextInt(4)));
        }
        Map<String, String> files = Map.of("t.asm", String.join("\n", lines) + "\n");
        ByteBuffer theirs = ByteBuffer.wrap(Nasm.assemble(directory, files));
        ByteBuffer ours = ByteBuffer.wrap(Sources.assemble(files).toFlat());
        List<String> differences = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            long expected = Long.reverseBytes(theirs.getLong());
            long actual = Long.reverseBytes(ours.getLong());
            if (expected != actual) {
                differences.add(lines.get(i) + ": nasm " + expected + ", we " + actual);
            }
        }
        assertThat(differences).isEmpty();
    }
}
