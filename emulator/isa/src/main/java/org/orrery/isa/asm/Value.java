package org.orrery.isa.asm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongBinaryOperator;

/**
 * What an expression comes to: a number, plus multiples of section addresses and registers.
 *
 * @param number 64 bits, as in NASM
 * @param terms coefficients other than 0, in the order in which the terms appeared
 * @param unknown depends on a symbol that this pass has not seen; the number is a guess
 */
record Value(long number, Map<Term, Long> terms, boolean unknown) {
    static final Value UNKNOWN = new Value(0, Map.of(), true);

    static Value of(long number) {
        return new Value(number, Map.of(), false);
    }

    static Value of(Term term, long number) {
        return new Value(number, Map.of(term, 1L), false);
    }

    /** Whether it is a plain number, known or not. */
    boolean isScalar() {
        return terms.isEmpty();
    }

    /** Whether it is a plain number that will not change in a later pass for want of a symbol. */
    boolean isKnownScalar() {
        return terms.isEmpty() && !unknown;
    }

    boolean hasRegisters() {
        for (Term term : terms.keySet()) {
            if (term instanceof Register) {
                return true;
            }
        }
        return false;
    }

    Value plus(Value other, int sign) {
        long sum = number + sign * other.number;
        boolean guess = unknown || other.unknown;
        if (other.terms.isEmpty()) {
            return new Value(sum, terms, guess);
        }
        Map<Term, Long> all = new LinkedHashMap<>(terms);
        other.terms.forEach((term, factor) -> all.merge(term, sign * factor, Value::sumOrNull));
        return new Value(sum, all, guess);
    }

    private static Long sumOrNull(Long a, Long b) {
        return a + b == 0 ? null : Long.valueOf(a + b);
    }

    Value times(long factor) {
        if (factor == 0) {
            return new Value(0, Map.of(), unknown);
        }
        Map<Term, Long> all = new LinkedHashMap<>();
        terms.forEach((term, coefficient) -> all.put(term, coefficient * factor));
        return new Value(number * factor, all, unknown);
    }

    /** Applies an operator that needs plain numbers; the result is unknown if one of them is. */
    Value with(Value other, String operator, LongBinaryOperator function) {
        if (unknown || other.unknown) {
            return UNKNOWN;
        }
        if (!isScalar() || !other.isScalar()) {
            throw new ExpressionException("operator " + operator + " takes plain numbers only");
        }
        return of(function.applyAsLong(number, other.number));
    }
}
