package org.orrery.cpu;

/** Why {@link Cpu#run} came back. */
public enum Stop {
    /** The cycle limit is reached. */
    LIMIT,
    /** Somebody asked for it: a device that ends the run, a breakpoint, or the host. */
    REQUESTED,
    /** HLT with interrupts off and no event that could ever wake the CPU (an NMI cannot come either). */
    DEAD_HALT,
    /** A third fault in a row; the real chip shuts down and waits for reset. */
    TRIPLE_FAULT,
    /** An instruction that this engine does not execute; {@link Cpu#stopReason} names it. */
    NOT_EXECUTED
}
