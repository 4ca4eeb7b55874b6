package org.orrery.isa.elf;

/** A file is not the executable that was expected. The message names it and says in one line what is wrong. */
public final class ImageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ImageException(String message) {
        super(message);
    }
}
