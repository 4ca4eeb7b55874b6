package org.orrery.debugger;

import java.util.function.IntBinaryOperator;

/** The binary operators of expressions with C's precedences. */
enum Operator {
    OR("||", 0, (a, b) -> bool(a != 0 || b != 0)),
    AND("&&", 1, (a, b) -> bool(a != 0 && b != 0)),
    BIT_OR("|", 2, (a, b) -> a | b),
    BIT_XOR("^", 3, (a, b) -> a ^ b),
    BIT_AND("&", 4, (a, b) -> a & b),
    EQUAL("==", 5, (a, b) -> bool(a == b)),
    UNEQUAL("!=", 5, (a, b) -> bool(a != b)),
    BELOW("<", 6, (a, b) -> bool(Integer.compareUnsigned(a, b) < 0)),
    ABOVE(">", 6, (a, b) -> bool(Integer.compareUnsigned(a, b) > 0)),
    AT_MOST("<=", 6, (a, b) -> bool(Integer.compareUnsigned(a, b) <= 0)),
    AT_LEAST(">=", 6, (a, b) -> bool(Integer.compareUnsigned(a, b) >= 0)),
    LEFT("<<", 7, (a, b) -> b >>> 5 == 0 ? a << b : 0),
    RIGHT(">>", 7, (a, b) -> b >>> 5 == 0 ? a >>> b : 0),
    PLUS("+", 8, Integer::sum),
    MINUS("-", 8, (a, b) -> a - b),
    TIMES("*", 9, (a, b) -> a * b),
    DIVIDE("/", 9, (a, b) -> Integer.divideUnsigned(a, nonZero(b))),
    REMAINDER("%", 9, (a, b) -> Integer.remainderUnsigned(a, nonZero(b)));

    /** One more than the tightest level. */
    static final int LEVELS = 10;

    private final String symbol;
    private final int level;
    private final IntBinaryOperator function;

    Operator(String symbol, int level, IntBinaryOperator function) {
        this.symbol = symbol;
        this.level = level;
        this.function = function;
    }

    /** The operator with this symbol on a level of precedence, or null. */
    static Operator of(String symbol, int level) {
        for (Operator operator : values()) {
            if (operator.level == level && operator.symbol.equals(symbol)) {
                return operator;
            }
        }
        return null;
    }

    Expression apply(Expression left, Expression right) {
        return scope -> function.applyAsInt(left.evaluate(scope), right.evaluate(scope));
    }

    private static int bool(boolean b) {
        return b ? 1 : 0;
    }

    private static int nonZero(int divisor) {
        if (divisor == 0) {
            throw new DebugException("division by zero");
        }
        return divisor;
    }
}
