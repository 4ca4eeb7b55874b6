package org.orrery.debugger.measure;

import java.util.List;
import org.orrery.cpu.Cause;

/**
 * Cycles by row and {@link Cause}, and instructions by row. A row is a phase or a function. The cycles of all rows and causes add up to
 * the cycles that passed while the account was kept.
 */
public final class Account {
    private static final int CAUSES = Cause.values().length;

    private final List<String> rows;
    private final long[] cycles;
    private final long[] instructions;

    public Account(List<String> rows) {
        this(List.copyOf(rows), new long[rows.size() * CAUSES], new long[rows.size()]);
    }

    private Account(List<String> rows, long[] cycles, long[] instructions) {
        this.rows = rows;
        this.cycles = cycles;
        this.instructions = instructions;
    }

    /** The names of the rows, by number. */
    public List<String> rows() {
        return rows;
    }

    /** Charges CPU clocks to a row and a cause, by numbers. */
    public void charge(int row, int cause, long clocks) {
        cycles[row * CAUSES + cause] += clocks;
    }

    /** Counts executed instructions. */
    public void count(int row, long executed) {
        instructions[row] += executed;
    }

    /** CPU clocks of a row for a reason. */
    public long cycles(int row, Cause cause) {
        return cycles[row * CAUSES + cause.ordinal()];
    }

    /** CPU clocks of a row for all reasons. */
    public long cycles(int row) {
        long sum = 0;
        for (int i = row * CAUSES; i < (row + 1) * CAUSES; i++) {
            sum += cycles[i];
        }
        return sum;
    }

    /** CPU clocks of all rows for a reason. */
    public long cycles(Cause cause) {
        long sum = 0;
        for (int i = cause.ordinal(); i < cycles.length; i += CAUSES) {
            sum += cycles[i];
        }
        return sum;
    }

    /** All CPU clocks. */
    public long total() {
        long sum = 0;
        for (long c : cycles) {
            sum += c;
        }
        return sum;
    }

    /** Instructions executed in a row. */
    public long instructions(int row) {
        return instructions[row];
    }

    /** All instructions executed. */
    public long instructions() {
        long sum = 0;
        for (long i : instructions) {
            sum += i;
        }
        return sum;
    }

    /** What it holds now, for a later {@link #since}. */
    public Account copy() {
        return new Account(rows, cycles.clone(), instructions.clone());
    }

    /** What came in since {@code earlier}, a copy of this account. */
    public Account since(Account earlier) {
        Account difference = copy();
        for (int i = 0; i < cycles.length; i++) {
            difference.cycles[i] -= earlier.cycles[i];
        }
        for (int i = 0; i < instructions.length; i++) {
            difference.instructions[i] -= earlier.instructions[i];
        }
        return difference;
    }
}
