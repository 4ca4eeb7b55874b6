package org.orrery.kernel;

import java.util.Locale;

/**
 * The design decisions that Table 1 of Liedtke's 1993 paper takes back one by one, to show what each of them saves. A kernel built without
 * one works all the same.
 */
public enum Optimisation {
    /** The two words of a short message stay in registers. Without: they go through the memory of both address spaces. */
    REGISTER_MESSAGES,
    /** A message is copied once, through a temporary mapping of the receiver. Without: twice, through a buffer of the kernel. */
    DIRECT_TRANSFER,
    /** The ready ring is put right only when somebody looks at it. Without: at every message. */
    LAZY_SCHEDULING,
    /** The data segment registers are left as they are. Without: they are loaded on each way into ipc and out of it. */
    SEGMENT_RELOAD_AVOIDED,
    /** One call sends and receives. Without: a call that asks for both enters the kernel once for each. */
    REPLY_AND_WAIT,
    /** The tables that the processor reads and the code of ipc share a page. Without: each has a page of its own. */
    CONDENSED_TABLES,
    /** A thread's control block is found by arithmetic. Without: through a table. */
    VIRTUAL_TCBS;

    /** The name in commands, for instance {@code lazy-scheduling}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The name that the kernel's sources know it by, 0 or 1. */
    String define() {
        return name();
    }
}
