package org.orrery.debugger;

/** A request that cannot be met; the message is one line for the user. */
public final class DebugException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DebugException(String message) {
        super(message);
    }
}
