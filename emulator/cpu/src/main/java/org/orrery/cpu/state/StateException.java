package org.orrery.cpu.state;

/** A snapshot that cannot be read; the message is one line for the user. */
public final class StateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StateException(String message) {
        super(message);
    }
}
