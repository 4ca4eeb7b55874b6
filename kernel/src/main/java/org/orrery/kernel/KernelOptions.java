package org.orrery.kernel;

/**
 * How a kernel is built.
 *
 * @param debug whether the kernel says on the serial line which thread an exception halts
 * @param tickMicros microseconds from one timer interrupt to the next, a multiple of 10 from 100 to 50,000
 */
public record KernelOptions(boolean debug, int tickMicros) {
    private static final int SHORTEST_TICK = 100;
    /** The timer counts to 65,536 at 1,193,182 Hz. */
    private static final int LONGEST_TICK = 50_000;

    /** The kernel that ships. */
    public static final KernelOptions DEFAULT = new KernelOptions(false, 2000);

    /** Options that a kernel can be built with. */
    public KernelOptions {
        if (tickMicros < SHORTEST_TICK || tickMicros > LONGEST_TICK || tickMicros % 10 != 0) {
            throw new IllegalArgumentException("a timer tick is a multiple of 10 from " + SHORTEST_TICK + " to "
                    + LONGEST_TICK + " microseconds, not " + tickMicros);
        }
    }

    /** The same with or without debug output. */
    public KernelOptions withDebug(boolean on) {
        return new KernelOptions(on, tickMicros);
    }
}
