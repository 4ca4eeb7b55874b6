package org.orrery.pc.boot;

/** An image that cannot be booted; the message is one line for the user and begins with the file's name. */
public final class BootException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BootException(String file, String message) {
        super(file + ": " + message);
    }
}
