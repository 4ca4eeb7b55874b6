package org.orrery.isa.asm;

/** An error in one line, on its way to whoever knows the file and the line. */
final class SyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** From 1. */
    final int column;

    /** Nothing that follows would make sense. */
    final boolean fatal;

    SyntaxException(int column, String message) {
        this(column, message, false);
    }

    private SyntaxException(int column, String message, boolean fatal) {
        super(message, null, false, false);
        this.column = column;
        this.fatal = fatal;
    }

    static SyntaxException fatal(int column, String message) {
        return new SyntaxException(column, message, true);
    }
}
