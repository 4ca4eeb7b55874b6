package org.orrery.cli.time;

/** A snippet cannot be timed; the message is one line that says where and why. */
public final class SnippetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        BAD_SOURCE,
        GUEST_FAULT,
        RUNAWAY
    }

    private final Kind kind;

    SnippetException(String message) {
        this(Kind.BAD_SOURCE, message);
    }

    SnippetException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
