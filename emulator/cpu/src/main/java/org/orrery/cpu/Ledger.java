package org.orrery.cpu;

import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;

/**
 * The simulated clock and the account of its cycles by {@link Cause}. {@link #now} never advances without a cause: the sum over all
 * causes is {@code now}, always.
 */
public final class Ledger implements Stateful {
    private static final Cause[] CAUSES = Cause.values();

    /** CPU clocks since reset. Read freely; advanced by {@link #charge} alone. */
    long now;

    private final long[] cycles = new long[CAUSES.length];

    /** CPU clocks since reset. */
    public long now() {
        return now;
    }

    /** Lets {@code clocks} cycles pass for a reason. */
    public void charge(Cause cause, long clocks) {
        now += clocks;
        cycles[cause.ordinal()] += clocks;
    }

    /** Cycles charged to a cause since reset. */
    public long cycles(Cause cause) {
        return cycles[cause.ordinal()];
    }

    /** Copies the cycles of all causes, by ordinal, into {@code into}. */
    public void copyTo(long[] into) {
        System.arraycopy(cycles, 0, into, 0, cycles.length);
    }

    @Override
    public String stateName() {
        return "ledger";
    }

    @Override
    public void save(StateWriter out) {
        out.putLongs("cycles", cycles);
    }

    @Override
    public void load(StateReader in) {
        in.getLongs("cycles", cycles);
        now = 0;
        for (long c : cycles) {
            now += c;
        }
    }
}
