package org.orrery.cli.time;

import java.util.List;
import java.util.Map;

/**
 * What a snippet takes.
 *
 * @param machine its profile and memory
 * @param loop the loop that was timed, or null if there is none and the whole snippet is run again and again
 * @param instructions by address
 * @param cold the first time round, cache and TLB empty
 * @param warm the mean of the times round after that
 */
public record Timed(
        String file, String machine, String mode, int bits, Loop loop, List<Line> instructions, Cost cold, Cost warm) {

    /**
     * A loop.
     *
     * @param label of its first instruction, or the address
     * @param from linear address of its first instruction
     */
    public record Loop(String label, String from) {}

    /**
     * An instruction.
     *
     * @param inLoop whether it is executed in the times round that are measured
     * @param cold what it takes the first time
     * @param warm what it takes in a time round, mean; outside of the loop, in a whole run
     */
    public record Line(
            String address,
            String bytes,
            String label,
            String source,
            int line,
            boolean inLoop,
            Cost cold,
            Cost warm) {}

    /**
     * CPU clocks.
     *
     * @param times round that the mean is taken of
     * @param least in one time round
     * @param most in one time round
     * @param causes CPU clocks by cause; they add up
     * @param stalls all causes but execution, with what is known of them
     */
    public record Cost(
            double cycles, int times, long least, long most, Map<String, Double> causes, List<Stall> stalls) {}

    /**
     * A reason to wait.
     *
     * @param why who or what caused it, or empty
     */
    public record Stall(String cause, double cycles, String why) {}
}
