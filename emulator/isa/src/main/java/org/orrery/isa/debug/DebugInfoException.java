package org.orrery.isa.debug;

/** Debug information is not valid. The message names file, line and what was expected. */
public final class DebugInfoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DebugInfoException(String message) {
        super(message);
    }
}
