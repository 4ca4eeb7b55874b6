package org.orrery.isa.asm;

/** An error in one line, on its way to whoever knows the file and the line. */
final class SyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** From 1. */
    final int column;

    SyntaxException(int column, String message) {
        super(message, null, false, false);
        this.column = column;
    }
}
