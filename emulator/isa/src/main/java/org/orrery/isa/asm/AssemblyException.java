package org.orrery.isa.asm;

import java.util.List;
import java.util.stream.Collectors;

/** The source has errors. The message holds one line for each. */
public final class AssemblyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Diagnostic> diagnostics;

    AssemblyException(List<Diagnostic> diagnostics) {
        super(diagnostics.stream().map(Diagnostic::toString).collect(Collectors.joining("\n")));
        this.diagnostics = List.copyOf(diagnostics);
    }

    /** One error that belongs to no column. */
    static AssemblyException of(Location location, String message) {
        return new AssemblyException(List.of(new Diagnostic(Diagnostic.Severity.ERROR, location, 1, message)));
    }

    /** The errors and warnings in the order of the source; at most 20 errors, then the assembler gives up. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
