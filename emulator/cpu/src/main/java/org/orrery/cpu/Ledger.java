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
    /** What of {@link Cause#EXECUTE} is not in {@link #cycles} yet. */
    private long executed;

    /** CPU clocks since reset. */
    public long now() {
        return now;
    }

    /** Lets {@code clocks} cycles pass in execution: the shortest way for what every instruction does. */
    void execute(int clocks) {
        now += clocks;
        executed += clocks;
    }

    /** Lets {@code clocks} cycles pass for a reason. */
    public void charge(Cause cause, long clocks) {
        now += clocks;
        cycles[cause.ordinal()] += clocks;
    }

    /** Cycles charged to a cause since reset. */
    public long cycles(Cause cause) {
        book();
        return cycles[cause.ordinal()];
    }

    private void book() {
        cycles[Cause.EXECUTE.ordinal()] += executed;
        executed = 0;
    }

    /** Copies the cycles of all causes, by ordinal, into {@code into}. */
    public void copyTo(long[] into) {
        book();
        System.arraycopy(cycles, 0, into, 0, cycles.length);
    }

    @Override
    public String stateName() {
        return "ledger";
    }

    @Override
    public void save(StateWriter out) {
        book();
        out.putLongs("cycles", cycles);
    }

    @Override
    public void load(StateReader in) {
        in.getLongs("cycles", cycles);
        now = 0;
        executed = 0;
        for (long c : cycles) {
            now += c;
        }
    }
}
