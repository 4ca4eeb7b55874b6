package org.orrery.pc;

/**
 * How a run ended.
 *
 * @param ending what kind of end
 * @param exitStatus what the guest wrote to the exit device, 0 unless the ending is {@link Ending#EXITED}
 * @param reason one line for people where the CPU could not go on, empty otherwise
 */
public record Outcome(Ending ending, int exitStatus, String reason) {
    /** The kinds of end. */
    public enum Ending {
        /** The cycle limit is reached; or, after a single step, all is well. */
        LIMIT,
        /** The host asked for it. */
        STOPPED,
        /** The guest wrote to the exit device. */
        EXITED,
        /** The guest pulled the reset line. */
        RESET,
        /** HLT, and nothing can wake the CPU any more. */
        DEAD_HALT,
        /** The CPU shut down after a third fault in a row. */
        TRIPLE_FAULT,
        /** An instruction that the CPU does not execute. */
        NOT_EXECUTED
    }

    static Outcome of(Ending ending) {
        return new Outcome(ending, 0, "");
    }

    /** Whether the guest can go on from here by just running on. */
    public boolean resumable() {
        return ending == Ending.LIMIT || ending == Ending.STOPPED;
    }
}
