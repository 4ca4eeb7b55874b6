package org.orrery.debugger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
    /** Memory holds its own address; two symbols; ES is based at 10000h. */
    private static final class Fixture implements Expression.Scope {
        private final Map<String, Integer> registers = Map.of("eax", 5, "esp", 0x8000, "edi", 0x20, "ah", 7);
        private final Map<String, Integer> symbols = Map.of("main", 0x100000, ".loop", 0x100010);

        @Override
        public boolean isRegister(String name) {
            return registers.containsKey(name);
        }

        @Override
        public int register(String name) {
            if (!isRegister(name)) {
                throw new DebugException("there is no register '" + name + "'");
            }
            return registers.get(name);
        }

        @Override
        public int symbol(String name) {
            if (!symbols.containsKey(name)) {
                throw new DebugException("there is no symbol '" + name + "'");
            }
            return symbols.get(name);
        }

        @Override
        public int segmentBase(String name) {
            return name.equals("es") ? 0x10000 : Integer.parseInt(name, 16) << 4;
        }

        @Override
        public int memory(int linear, int size) {
            return size == 4 ? linear : linear & (1 << 8 * size) - 1;
        }
    }

    private static int evaluate(String text) {
        return Expression.parse(text).evaluate(new Fixture());
    }

    @ParameterizedTest
    @CsvSource({
        "16, 16",
        "0x10, 16",
        "10h, 16",
        "0ffffffffh, -1",
        "4294967295, -1",
        "'main+0x10', 1048592",
        "$eax, 5",
        "EAX+ah, 12",
        "[esp+4], 32772",
        "byte [esp+0x104], 4",
        "word[esp], 32768",
        "es:edi, 65568",
        "es:edi+4, 65572",
        "[$es:edi], 65568",
        "40:0x10, 1040",
        ".loop-main, 16",
        "2+3*4, 14",
        "(2+3)*4, 20",
        "1<<4|1, 17",
        "-1>>28, 15",
        "eax==5 && esp>0x7fff, 1",
        "eax!=5 || !1, 0",
        "-1>1, 1",
        "~0, -1",
        "7%4, 3",
        "1<<32, 0"
    })
    void hasTheValueThatCAndTheAssemblerGive(String text, int value) {
        assertThat(evaluate(text)).isEqualTo(value);
    }

    @Test
    void aCharacterIsItsCode() {
        assertThat(evaluate("'+'+1")).isEqualTo('+' + 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "main+ | expression 'main+' ends too early",
                "[esp | ']' is missing at the end of '[esp'",
                "12x | '12x' is no number; write 16, 0x10 or 10h",
                "0x100000000 | '0x100000000' does not fit in 32 bits",
                "1 2 | '2' is not expected at column 3 of '1 2'",
                "foo | there is no symbol 'foo'",
                "$xyz | there is no register 'xyz'",
                "1/0 | division by zero",
                "a\\b | '\\b' is not understood in an expression"
            })
    void nonsenseIsRefusedInOneLine(String text, String message) {
        assertThatThrownBy(() -> evaluate(text))
                .isInstanceOf(DebugException.class)
                .hasMessage(message);
    }

    @Test
    void anEmptyExpressionSaysWhatIsExpected() {
        assertThatThrownBy(() -> evaluate(" ")).hasMessageStartingWith("an expression is expected");
    }
}
