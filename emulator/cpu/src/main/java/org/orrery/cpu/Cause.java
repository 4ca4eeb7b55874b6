package org.orrery.cpu;

/** Why a cycle passed. Every cycle of the simulated clock is charged to exactly one of these. */
public enum Cause {
    EXECUTE("execute"),
    /** The first decoding stage takes a clock for each prefix, where no slow predecessor hides it. */
    PREFIX("prefix"),
    /** Decoding takes a clock longer, and no slow predecessor hides it: 0F escape, displacement with immediate, index. */
    DECODE("decode"),
    /** An address waits for a register that was just written. */
    AGI("agi"),
    /** A register is read just after one of its bytes was written. */
    PARTIAL_REGISTER("partial register"),
    /** The prefetch queue waits for a line that the cache has: the port was taken by data, or the target straddles a line. */
    PREFETCH("prefetch"),
    FETCH_MISS("fetch miss"),
    READ_MISS("read miss"),
    WRITE_BUFFER_FULL("write buffer full"),
    TLB_WALK("tlb walk"),
    MISALIGNMENT("misalignment"),
    LOCKED_BUS("locked bus"),
    /** An x87 instruction waits for the one before it. */
    FPU_BUSY("x87 busy"),
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
