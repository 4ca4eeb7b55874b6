package org.orrery.isa.asm;

/**
 * A piece of a line.
 *
 * @param text as written; of an identifier escaped by {@code $}, without the {@code $}; of a string, with its quotes
 * @param column from 1; of a token that a macro put there, the column of the macro's name
 * @param spaced whether white space stands before it
 */
record Token(Kind kind, String text, int column, boolean spaced) {
    enum Kind {
        /** An identifier, a mnemonic, a register or a keyword. */
        NAME,
        /** An identifier written with a {@code $} before it, which makes it a symbol whatever its name. */
        SYMBOL,
        INTEGER,
        FLOAT,
        STRING,
        OPERATOR,
        /** {@code %name}, {@code %%name}, {@code %$name}, {@code %1}, {@code %+}: for the preprocessor. */
        PERCENT
    }

    boolean is(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    boolean isName() {
        return kind == Kind.NAME;
    }

    Token at(int newColumn, boolean newSpaced) {
        return new Token(kind, text, newColumn, newSpaced);
    }
}
