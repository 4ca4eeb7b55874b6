package org.orrery.pc.profile;

/** A profile or a memory size that cannot be used; the message is one line for the user. */
public final class ProfileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProfileException(String message) {
        super(message);
    }
}
