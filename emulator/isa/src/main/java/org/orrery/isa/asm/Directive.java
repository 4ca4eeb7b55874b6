package org.orrery.isa.asm;

import java.util.List;
import org.orrery.isa.debug.Layout;

/** The directives. */
final class Directive {
    private Directive() {}

    /** An attribute of a section: {@code align=16}; one of the two operands is null. */
    record Attribute(String name, Expr number, String text, int column) {}

    /**
     * {@code section}.
     *
     * @param primitive written in brackets, so that {@code __SECT__} does not come back to it
     */
    record OpenSection(String name, List<Attribute> attributes, boolean primitive) implements Body {
        @Override
        public void assemble(Pass pass) {
            pass.openSection(name, attributes, primitive);
        }
    }

    /** {@code __SECT__}: back to the section before {@code absolute} or {@code struc}. */
    record LastSection() implements Body {
        @Override
        public void assemble(Pass pass) {
            pass.lastSection();
        }
    }

    /** {@code org}. */
    record Org(Expr address, int column) implements Body {
        @Override
        public void assemble(Pass pass) {
            pass.origin(pass.critical(address, column));
        }
    }

    /** {@code bits}. */
    record Bits(int bits) implements Body {
        @Override
        public void assemble(Pass pass) {
            pass.bits(bits);
        }
    }

    /** {@code absolute}. */
    record Absolute(Expr address, int column) implements Body {
        @Override
        public void assemble(Pass pass) {
            pass.absolute(pass.critical(address, column));
        }
    }

    /** {@code struc name}. */
    record Struc(String name, Expr offset, int column) implements Body {
        @Override
        public void assemble(Pass pass) {
            pass.absolute(offset == null ? 0 : pass.critical(offset, column));
            pass.defineNumber(name, pass.next());
        }
    }

    /** {@code endstruc}. */
    record EndStruc(String name) implements Body {
        @Override
        public void assemble(Pass pass) {
            pass.defineNumber(name + "_size", pass.next().plus(pass.symbol(name), -1));
            pass.lastSection();
        }
    }

    /** {@code istruc}. */
    record Istruc() implements Body {
        @Override
        public void assemble(Pass pass) {
            pass.beginInstance();
        }
    }

    /** {@code at} and {@code iend}: zeros up to an offset, then perhaps data. */
    record At(Expr offset, Body then, int column) implements Body {
        @Override
        public void assemble(Pass pass) {
            long missing = pass.critical(offset, column) - pass.instanceOffset();
            if (missing < 0) {
                throw new SyntaxException(column, "what stands before is " + -missing + " bytes too long");
            }
            for (long i = 0; i < missing; i++) {
                pass.section().emit(0);
            }
            then.assemble(pass);
        }
    }

    /** {@code phase}; null ends the phase. */
    record Phase(String name) implements Body {
        @Override
        public void assemble(Pass pass) {
            pass.phase(name);
        }
    }

    /** {@code layout}. */
    record UseLayout(Layout layout) implements Body {
        @Override
        public void assemble(Pass pass) {
            pass.layout(layout);
        }
    }

    /** {@code debug KEY, VALUE}. */
    record Property(String key, String value) implements Body {
        @Override
        public void assemble(Pass pass) {
            pass.property(key, value);
        }
    }
}
