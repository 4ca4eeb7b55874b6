package org.orrery.cli;

/** The exit statuses that are Orrery's own; a guest that ends its run chooses any other. */
final class ExitStatus {
    static final int OK = 0;
    /** What was to be checked does not hold. */
    static final int CHECK_FAILED = 1;

    static final int BAD_INPUT = 2;
    static final int GUEST_CRASH = 3;
    static final int CYCLE_LIMIT = 4;
    /** A defect of Orrery itself: {@code EX_SOFTWARE} of sysexits.h. */
    static final int DEFECT = 70;
    /** Ended by Ctrl-C: 128 and the number of SIGINT, as shells count it. */
    static final int INTERRUPTED = 130;

    private ExitStatus() {}
}
