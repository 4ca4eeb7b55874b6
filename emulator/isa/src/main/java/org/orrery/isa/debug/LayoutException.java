package org.orrery.isa.debug;

/** A layout file is not valid. The message names file, line and what was expected. */
public final class LayoutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LayoutException(String message) {
        super(message);
    }
}
