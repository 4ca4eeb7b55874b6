package org.orrery.isa.asm;

/** What a statement does when a pass comes to it. */
interface Body {
    /** A line that assembles to nothing. */
    Body NONE = pass -> {};

    /**
     * Does it.
     *
     * @throws ExpressionException if it can't be done
     * @throws SyntaxException if it can't be done, for a reason at a column of its own
     */
    void assemble(Pass pass);

    /** A line with an error in it. */
    record Invalid(int column, String message) implements Body {
        @Override
        public void assemble(Pass pass) {
            throw new SyntaxException(column, message);
        }
    }

    /** {@code %warning}. */
    record Warning(int column, String message) implements Body {
        @Override
        public void assemble(Pass pass) {
            pass.warn(column, message);
        }
    }

    /** {@code name equ value}. */
    record Equ(String name, Expr value) implements Body {
        @Override
        public void assemble(Pass pass) {
            pass.defineNumber(name, value.value(pass));
        }
    }
}
