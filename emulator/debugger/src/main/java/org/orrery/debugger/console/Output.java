package org.orrery.debugger.console;

import java.io.Flushable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/** Where a command prints, in colour or without. */
public final class Output {
    private static final String RESET = "\u001b[0m";

    private final PrintWriter writer;
    private final boolean colour;
    private final Flushable guest;

    /** Prints where nobody else does. */
    public Output(PrintWriter writer, boolean colour) {
        this(writer, colour, writer);
    }

    /**
     * @param guest what the guest prints to, so that both come in order
     */
    public Output(PrintWriter writer, boolean colour, Flushable guest) {
        this.writer = writer;
        this.colour = colour;
        this.guest = guest;
    }

    /** Prints a line. */
    public void line(String text) {
        try {
            guest.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("standard output: " + e.getMessage(), e);
        }
        writer.println(text);
        writer.flush();
    }

    /** Prints a line made by {@link String#format}. */
    public void line(String format, Object... values) {
        line(String.format(format, values));
    }

    /** Text that stands out: headings, the current place. */
    public String strong(String text) {
        return styled("1", text);
    }

    /** Names of the guest's: symbols, phases, threads. */
    public String name(String text) {
        return styled("36", text);
    }

    /** What matters less: bytes, units, hints. */
    public String dim(String text) {
        return styled("2", text);
    }

    /** An error message. */
    public String error(String text) {
        return styled("31", text);
    }

    private String styled(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + RESET : text;
    }
}
