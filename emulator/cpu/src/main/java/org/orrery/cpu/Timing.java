package org.orrery.cpu;

import org.orrery.isa.Clock;

/** Clocks that depend on operands, each from the ranges of the table and the formula of its source. */
final class Timing {
    private Timing() {}

    /**
     * RCL and RCR by more than the 1-bit form's count: 8 to 30 clocks, 9 to 31 in memory. Only the ends are published; a clock for each
     * bit position is inferred from them.
     */
    static void rotateThroughCarry(Core c, Uop u, int count) {
        int least = u.form.clocks(Clock.LEAST);
        if (least >= 0) {
            int positions = Math.max(0, (count & 31) - 1);
            charge(c, Math.min(positions, u.form.clocks(Clock.MOST) - least));
        }
    }

    /**
     * The early-out multiplier: 10 + max(floor(log2 |m|), n) clocks, with n 3 for a positive and 5 for a negative multiplier m; 13 for 0.
     * Source: note 3 of Intel's clock table. Which operand is the multiplier is inferred: the r/m operand or the immediate.
     */
    static void multiply(Core c, Uop u, int multiplier, boolean negative) {
        int magnitude = negative ? -multiplier : multiplier;
        int log2 = 31 - Integer.numberOfLeadingZeros(magnitude);
        int clocks = multiplier == 0 ? 13 : 10 + Math.max(log2, negative ? 5 : 3);
        charge(c, clocks - u.form.clocks(Clock.LEAST));
    }

    /**
     * BSF: 8 + 4(b+1) + 3(i+1) + 3(n+1) clocks for the lowest set bit in byte b, nibble i of the byte, bit n of the nibble; 6 for a source
     * of 0, which the row gives; one more for a memory source. Source: notes of Intel's clock table; the meaning of the letters is
     * recalled.
     */
    static void scanForward(Core c, Uop u, int source) {
        if (source != 0) {
            int bit = Integer.numberOfTrailingZeros(source);
            int clocks = 8 + 4 * (bit / 8 + 1) + 3 * (bit / 4 % 2 + 1) + 3 * (bit % 4 + 1);
            charge(c, clocks - u.form.clocks(Clock.LEAST));
        }
    }

    /** BSR: 7 + 3(32 - n) clocks for the highest set bit n; 6 for a source of 0; one more for a memory source. Same source. */
    static void scanReverse(Core c, Uop u, int source) {
        if (source != 0) {
            int clocks = 7 + 3 * (1 + Integer.numberOfLeadingZeros(source));
            charge(c, clocks - u.form.clocks(Clock.LEAST));
        }
    }

    /** SETcc: the row has a figure for each outcome, and for register and memory. */
    static void setByCondition(Core c, Uop u, boolean holds) {
        if (u.memory) {
            c.charge(u.form, holds ? Clock.MEMORY_TAKEN : Clock.MEMORY_NOT_TAKEN);
        } else {
            c.charge(u.form, holds ? Clock.TAKEN : Clock.NOT_TAKEN);
        }
    }

    /** ENTER: 14, 17 or 17 + 3L clocks by nesting level L, of which 3 each have passed with the links of the outer levels. */
    static void enter(Core c, Uop u, int level) {
        switch (level) {
            case 0 -> c.charge(u.form, Clock.REP_ZERO);
            case 1 -> c.charge(u.form, Clock.REP_ONE);
            default -> charge(c, u.form.clocks(Clock.REP) + u.form.clocks(Clock.PER_ITERATION));
        }
    }

    private static void charge(Core c, int clocks) {
        c.ledger.charge(Cause.EXECUTE, clocks);
    }
}
