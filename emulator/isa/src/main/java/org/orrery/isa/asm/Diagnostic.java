package org.orrery.isa.asm;

/**
 * One complaint of the assembler.
 *
 * @param column from 1
 */
public record Diagnostic(Severity severity, Location location, int column, String message) {
    /** How bad it is. */
    public enum Severity {
        WARNING,
        ERROR
    }

    /** {@code file:line:column: message}, with {@code warning:} before the message of a warning. */
    @Override
    public String toString() {
        String macro = location.macro().isEmpty() ? "" : " (in macro " + location.macro() + ")";
        String warning = severity == Severity.WARNING ? "warning: " : "";
        return location + ":" + column + ": " + warning + message + macro;
    }
}
