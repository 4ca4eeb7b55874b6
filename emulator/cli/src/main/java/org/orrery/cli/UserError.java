package org.orrery.cli;

/** Something the user can put right, or a guest that crashed; the message is the one line shown. */
final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** Bad input. */
    UserError(String message) {
        this(message, ExitStatus.BAD_INPUT);
    }

    /** @param status the exit status */
    UserError(String message, int status) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
