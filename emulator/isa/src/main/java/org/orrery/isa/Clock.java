package org.orrery.isa;

/**
 * The condition under which a clock count of an instruction form holds, as named in the clocks column of {@code
 * i486.isa}. Counts are CPU clocks on cache hits, with aligned operands and a free bus.
 */
public enum Clock {
    /** Register operand, or the only figure of a form without operands. */
    R("r"),
    /** Memory operand. */
    M("m"),
    /** Branch taken, loop continued, trap taken, condition true, or comparison equal. */
    TAKEN("t"),
    /** Branch not taken, loop ended, trap not taken, condition false, or comparison not equal. */
    NOT_TAKEN("n"),
    /** Real mode or V86 mode. */
    REAL("rv"),
    /** V86 mode, where it differs from real mode. */
    V86("v86"),
    /** Protected mode, same privilege level; for port I/O: CPL at most IOPL. */
    PROTECTED("p"),
    /** Port I/O in protected mode with CPL above IOPL. */
    PROTECTED_MAP("pm"),
    /** Through a call gate at the same level. */
    GATE("gate"),
    /** Through a gate to an inner level (for call gates: without parameters). */
    GATE_INNER("inner"),
    /** Through a call gate to an inner level with parameters, before the share of each parameter. */
    GATE_INNER_PARAMS("innerx"),
    /** Each parameter copied by a call gate. */
    PER_PARAM("param"),
    /** Return to an outer level. */
    OUTER("outer"),
    /** To a TSS, before the task switch itself. */
    TSS("tss"),
    /** Through a task gate, before the task switch itself. */
    TASK_GATE("tgate"),
    /** Interrupt from V86 mode through a gate to ring 0. */
    FROM_V86("fromv86"),
    /** REP with a count of zero. */
    REP_ZERO("rep0"),
    /** REP with a count of one, where it has a figure of its own. */
    REP_ONE("rep1"),
    /** Set-up of REP with a larger count. */
    REP("rep"),
    /** Each iteration of REP. */
    PER_ITERATION("iter"),
    /** The least figure of a range whose value depends on the operands. */
    LEAST("min"),
    /** The greatest figure of such a range. */
    MOST("max"),
    /** Clocks of an x87 form during which integer instructions can run. */
    CONCURRENT("conc"),
    /** {@link #TAKEN} with a memory operand, where it has a figure of its own. */
    MEMORY_TAKEN("mt"),
    /** {@link #NOT_TAKEN} with a memory operand, where it has a figure of its own. */
    MEMORY_NOT_TAKEN("mn"),
    /** Set-up of REP for port I/O in real mode. */
    REP_REAL("reprv"),
    /** Set-up of REP for port I/O in V86 mode. */
    REP_V86("repv86"),
    /** Set-up of REP for port I/O in protected mode with CPL at most IOPL. */
    REP_PROTECTED("repp"),
    /** Set-up of REP for port I/O in protected mode with CPL above IOPL. */
    REP_PROTECTED_MAP("reppm"),
    /** The published typical figure of a range. */
    TYPICAL("typ"),
    /** x87 precision control set to double. */
    DOUBLE_PRECISION("dp"),
    /** x87 precision control set to single. */
    SINGLE_PRECISION("sp");

    private final String key;

    Clock(String key) {
        this.key = key;
    }

    /** The name of this condition in {@code i486.isa}. */
    public String key() {
        return key;
    }
}
