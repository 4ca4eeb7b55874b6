package org.orrery.debugger;

/**
 * A parsed expression of the debugger. All arithmetic is on 32 bits without a sign and wraps; comparisons and {@code &&}, {@code ||}, {@code !}
 * give 1 or 0.
 */
@FunctionalInterface
public interface Expression {
    /** Where names and memory get their values from. Each method throws {@link DebugException} if there is none. */
    interface Scope {
        /** Whether this is the name of a register, in small letters and without the dollar sign. */
        boolean isRegister(String name);

        int register(String name);

        /** The linear address of a symbol. */
        int symbol(String name);

        /** The base of the segment that a segment register or, in real mode, a selector denotes. */
        int segmentBase(String name);

        /** Reads 1, 2 or 4 bytes at a linear address. */
        int memory(int linear, int size);
    }

    int evaluate(Scope scope);

    /**
     * Parses an expression.
     *
     * @throws DebugException if the text is none, naming the column
     */
    static Expression parse(String text) {
        return new ExpressionParser(text).parse();
    }
}
