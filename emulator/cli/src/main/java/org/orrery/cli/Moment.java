package org.orrery.cli;

import org.orrery.cpu.Cause;

/**
 * A point of a run.
 *
 * @param mark what the guest wrote to the mark port then, or {@link #NO_MARK} at the ends of the run
 * @param instructions executed until then
 * @param cycles CPU clocks until then, by {@link Cause#ordinal()}
 * @param hostNanos the host's clock
 */
record Moment(int mark, long instructions, long[] cycles, long hostNanos) {
    static final int NO_MARK = -1;
}
