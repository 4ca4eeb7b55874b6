package org.orrery.cpu;

/** Why a cycle passed. Every cycle of the simulated clock is charged to exactly one of these. */
public enum Cause {
    EXECUTE("execute"),
    PREFIX("prefix"),
    AGI("agi"),
    FETCH_MISS("fetch miss"),
    READ_MISS("read miss"),
    WRITE_BUFFER_FULL("write buffer full"),
    TLB_WALK("tlb walk"),
    MISALIGNMENT("misalignment"),
    LOCKED_BUS("locked bus"),
    DEVICE_WAIT("device wait"),
    HALT("halt");

    private final String label;

    Cause(String label) {
        this.label = label;
    }

    /** The name for people and for JSON. */
    public String label() {
        return label;
    }
}
