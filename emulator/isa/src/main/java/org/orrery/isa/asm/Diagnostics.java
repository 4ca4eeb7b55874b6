package org.orrery.isa.asm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects errors and warnings in the order of the source; gives up after {@link #LIMIT} errors. */
final class Diagnostics {
    /** Errors that are reported before the assembler gives up. */
    static final int LIMIT = 20;

    private record Entry(int order, Diagnostic diagnostic) {}

    private final List<Entry> entries = new ArrayList<>();
    private int order;
    private int errors;

    /** Goes on to the next statement. */
    void advance() {
        order++;
    }

    void error(Location location, int column, String message) {
        add(Diagnostic.Severity.ERROR, location, column, message);
        errors++;
        if (errors == LIMIT) {
            throw exception();
        }
    }

    void warning(Location location, int column, String message) {
        add(Diagnostic.Severity.WARNING, location, column, message);
    }

    private void add(Diagnostic.Severity severity, Location location, int column, String message) {
        entries.add(new Entry(order, new Diagnostic(severity, location, column, message)));
    }

    /** Adds what an earlier pass over the same source found. Where both complain of a statement, the earlier counts. */
    void merge(Diagnostics earlier) {
        entries.removeIf(e -> earlier.entries.stream().anyMatch(o -> o.order() == e.order()));
        entries.addAll(earlier.entries);
        entries.sort(Comparator.comparingInt(Entry::order));
    }

    boolean hasErrors() {
        return errors > 0;
    }

    List<Diagnostic> all() {
        return entries.stream().map(Entry::diagnostic).toList();
    }

    AssemblyException exception() {
        return new AssemblyException(all());
    }
}
