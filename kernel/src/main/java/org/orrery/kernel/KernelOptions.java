package org.orrery.kernel;

import java.util.EnumSet;
import java.util.Set;

/**
 * How a kernel is built.
 *
 * @param debug whether the kernel says on the serial line which thread an exception halts
 * @param checks whether the kernel checks its own invariants after each system call, and stops where one does not hold
 * @param tickMicros microseconds from one timer interrupt to the next, a multiple of 10 from 100 to 50,000
 * @param messageRegisters how many of the two words of a short message stay in their registers on its way, 0 to 2; the others go through
 *     memory. Of no effect without {@link Optimisation#REGISTER_MESSAGES}
 * @param without the optimisations left out
 */
public record KernelOptions(
        boolean debug, boolean checks, int tickMicros, int messageRegisters, Set<Optimisation> without) {
    private static final int SHORTEST_TICK = 100;
    /** The timer counts to 65,536 at 1,193,182 Hz. */
    private static final int LONGEST_TICK = 50_000;
    /** EDX and EBX: the interface of V2 has no others for words. */
    private static final int MESSAGE_REGISTERS = 2;

    /** The kernel that ships. */
    public static final KernelOptions DEFAULT = new KernelOptions(false, false, 2000, MESSAGE_REGISTERS, Set.of());

    /** Options that a kernel can be built with. */
    public KernelOptions {
        without = Set.copyOf(without);
        if (tickMicros < SHORTEST_TICK || tickMicros > LONGEST_TICK || tickMicros % 10 != 0) {
            throw new IllegalArgumentException("a timer tick is a multiple of 10 from " + SHORTEST_TICK + " to "
                    + LONGEST_TICK + " microseconds, not " + tickMicros);
        }
        if (messageRegisters < 0 || messageRegisters > MESSAGE_REGISTERS) {
            throw new IllegalArgumentException("a short message of L4 Version 2 has its words in 0 to "
                    + MESSAGE_REGISTERS + " registers, not " + messageRegisters);
        }
    }

    /** The same with or without debug output. */
    public KernelOptions withDebug(boolean on) {
        return new KernelOptions(on, checks, tickMicros, messageRegisters, without);
    }

    /** The same with or without checks of the kernel's invariants. */
    public KernelOptions withChecks(boolean on) {
        return new KernelOptions(debug, on, tickMicros, messageRegisters, without);
    }

    /** The same with a timer tick of so many microseconds. */
    public KernelOptions withTickMicros(int micros) {
        return new KernelOptions(debug, checks, micros, messageRegisters, without);
    }

    /** The same with so many words of a short message in registers. */
    public KernelOptions withMessageRegisters(int words) {
        return new KernelOptions(debug, checks, tickMicros, words, without);
    }

    /** The same without one optimisation more. */
    public KernelOptions without(Optimisation optimisation) {
        Set<Optimisation> fewer = EnumSet.of(optimisation);
        fewer.addAll(without);
        return new KernelOptions(debug, checks, tickMicros, messageRegisters, fewer);
    }
}
