package org.orrery.isa.asm;

import java.util.ArrayList;
import java.util.List;

/** Collects errors and warnings; gives up after {@link #LIMIT} errors. */
final class Diagnostics {
    /** Errors that are reported before the assembler gives up. */
    static final int LIMIT = 20;

    private final List<Diagnostic> all = new ArrayList<>();
    private int errors;

    void error(Location location, int column, String message) {
        all.add(new Diagnostic(Diagnostic.Severity.ERROR, location, column, message));
        errors++;
        if (errors == LIMIT) {
            throw new AssemblyException(all);
        }
    }

    void warning(Location location, int column, String message) {
        all.add(new Diagnostic(Diagnostic.Severity.WARNING, location, column, message));
    }

    boolean hasErrors() {
        return errors > 0;
    }

    List<Diagnostic> all() {
        return all;
    }
}
