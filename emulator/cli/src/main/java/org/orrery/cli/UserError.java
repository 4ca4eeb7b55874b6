package org.orrery.cli;

/** Something the user can put right; the message is the one line shown. */
final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UserError(String message) {
        super(message);
    }
}
