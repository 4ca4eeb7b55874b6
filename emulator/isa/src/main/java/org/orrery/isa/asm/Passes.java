package org.orrery.isa.asm;

import java.util.Arrays;

/** Passes over the statements of a program, until nothing moves any more. */
final class Passes {
    private static final int MOST = 100;

    private final SourceProgram program;
    private final int bits;
    private final Sections sections = new Sections();
    private final Symbols symbols = new Symbols();
    private Pass pass;
    private Diagnostics diagnostics = new Diagnostics();

    private Passes(SourceProgram program, int bits) {
        this.program = program;
        this.bits = bits;
    }

    /**
     * Assembles a program.
     *
     * @param bits the size of code before the first directive that says so: 16 or 32
     * @throws AssemblyException if there are errors
     */
    static Assembly assemble(SourceProgram program, int bits) {
        return new Passes(program, bits).run();
    }

    private Assembly run() {
        int[] sizes = null;
        Diagnostics first = null;
        for (int number = 1; number <= MOST; number++) {
            onePass();
            first = number == 1 ? diagnostics : first;
            boolean settled = !symbols.changed() && Arrays.equals(sizes, sections.sizes());
            // While addresses move, a target that comes later may seem too far away.
            if (number > 1 && first.hasErrors() || settled && diagnostics.hasErrors()) {
                diagnostics.merge(first);
                throw diagnostics.exception();
            }
            if (settled) {
                return new Assembly(sections, symbols, pass, diagnostics);
            }
            sizes = sections.sizes();
        }
        throw AssemblyException.of(program.location(), "addresses do not settle in " + MOST + " passes");
    }

    private void onePass() {
        diagnostics = new Diagnostics();
        pass = new Pass(sections, symbols, diagnostics);
        pass.bits(bits);
        program.assemble(pass, diagnostics);
        pass.finish();
    }
}
