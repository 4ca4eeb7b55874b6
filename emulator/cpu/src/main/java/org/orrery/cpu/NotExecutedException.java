package org.orrery.cpu;

/** The engine met something that it does not execute; the machine stops, with the guest's state as before the instruction. */
final class NotExecutedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param what what cannot be done, or null if it is just the instruction itself
     */
    NotExecutedException(String what) {
        super(what, null, false, false);
    }
}
