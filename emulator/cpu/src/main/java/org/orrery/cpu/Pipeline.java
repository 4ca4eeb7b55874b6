package org.orrery.cpu;

import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;

/**
 * The five stages in time, one instruction in each. Instruction N enters D1 when N-1 leaves it and takes {@link Uop#d1} clocks there, then D2 as
 * soon as N-1 has left that for execution, {@link Uop#d2} clocks, then EX as soon as N-1 has left that:
 *
 * <pre>
 * enteredD2(N) = max(enteredD2(N-1) + d1, enteredEx(N-1))
 * enteredEx(N) = max(now, enteredD2(N) + d2, what its registers wait for)
 * </pre>
 *
 * <p>So clocks of decoding hide behind a predecessor that executes for longer than one clock, and an instruction that needs one clock in each
 * stage never waits. Rules and their sources: {@code docs/timing-model.md}.
 *
 * <p>A history says which registers were written how long ago: 16 bits for each of the last four clocks, the lowest for those written by
 * the instruction that left EX just now. Of these, bits 0 to 7 are registers written as a whole, bits 8 to 11 those of which a byte was
 * written, and {@link #ENTRY} is always set in the lowest.
 */
final class Pipeline {
    /** Set in every history, so that an instruction which needs it is always looked at more closely. */
    static final long ENTRY = 0x8000;

    /** Bits of the history that a clock takes. */
    static final int CLOCK = 16;

    /** How many clocks the history reaches back. */
    static final int CLOCKS = 4;

    /** Where the registers begin of which a byte was written. */
    static final int BYTES = 8;

    private static final long ANY_BYTE = 0xF00;
    private static final long EVERY_CLOCK = 0x0001_0001_0001_0001L;

    private final Ledger ledger;

    /** When the last instruction entered D2. */
    private long enteredD2;
    /** When the last instruction entered EX. */
    private long enteredEx;

    /** As it was when the last instruction entered EX. */
    private long history;
    /** What the last instruction adds when it leaves EX. */
    private long writes = ENTRY;
    /** What of the history matters after the first clock: in protected mode only written bytes do. */
    private long lasting = -1L;
    /** Clocks before D2 in which a register must have been written as a whole, beyond the first. */
    private int wholeDelay = 1;

    Pipeline(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * A register written as a whole can be used for an address one clock later in protected mode and two clocks later in real mode. Source: Abrash,
     * Graphics Programming Black Book, chapter 12; that virtual 8086 mode is like real mode is inferred.
     */
    void setMode(boolean protectedMode) {
        wholeDelay = protectedMode ? 0 : 1;
        lasting = protectedMode ? ANY_BYTE * EVERY_CLOCK : -1L;
        history = history & 0xFFFF | history & ~0xFFFFL & lasting;
    }

    /** An instruction enters EX, most of them as soon as the predecessor leaves it; charges what it waits for. */
    void enter(Uop u) {
        history = left(ledger.now);
        writes = u.writes;
        if ((history & u.needs) == 0) {
            enteredD2 = enteredEx;
            enteredEx = ledger.now;
        } else {
            enterLate(u);
        }
    }

    /** An instruction that may have to wait enters EX. */
    private void enterLate(Uop u) {
        long end = ledger.now;
        long d2 = Math.max(enteredD2 + u.d1, enteredEx);
        if (d2 + u.d2 > end) {
            decode(u, d2 + u.d2 - end);
        }
        if ((history & u.needs & ~ENTRY) != 0) {
            waitForRegisters(u, end);
        }
        if (ledger.now != end) {
            history = aged(history, ledger.now - end) | ENTRY;
        }
        enteredD2 = d2;
        enteredEx = ledger.now;
    }

    /** What decoding takes longer than the predecessor: the part without which the prefixes would not matter is not theirs. */
    private void decode(Uop u, long clocks) {
        long others = clocks;
        if (u.prefixes > 0) {
            long withoutPrefixes = Math.max(enteredD2 + u.d1 - u.prefixes, enteredEx) + u.d2;
            others = Math.max(0, withoutPrefixes - ledger.now);
            ledger.charge(Cause.PREFIX, clocks - others);
        }
        ledger.charge(Cause.DECODE, others);
    }

    /** {@code end} is when the predecessor left EX, to which the history belongs. */
    private void waitForRegisters(Uop u, long end) {
        waitForAddress(u, end);
        if ((history >>> BYTES & u.sources) != 0 && ledger.now == end) {
            ledger.charge(Cause.PARTIAL_REGISTER, 1);
        }
        if (u.addressesMemory) {
            waitForBytes(end);
        }
    }

    /** D2 forms the address: a register must have been written before, two clocks before if it is a byte of it. */
    private void waitForAddress(Uop u, long end) {
        for (int clock = 0; clock < CLOCKS; clock++) {
            int written = (int) (history >>> clock * CLOCK);
            long earliest = end - clock + u.d2;
            if ((written & u.address) != 0) {
                waitUntil(earliest + wholeDelay, Cause.AGI);
            }
            if ((written >>> BYTES & u.address & 0xF) != 0) {
                waitUntil(earliest + wholeDelay, Cause.AGI);
                waitUntil(earliest + 1, Cause.PARTIAL_REGISTER);
            }
        }
    }

    private void waitUntil(long time, Cause cause) {
        if (time > ledger.now) {
            ledger.charge(cause, time - ledger.now);
        }
    }

    /** Any byte register written exactly two clocks before an address is used costs a clock, and then the next one may. Source: as above. */
    private void waitForBytes(long end) {
        for (long clock = end + 1 - ledger.now; clock >= 0; clock--) {
            if ((history >>> clock * CLOCK & ANY_BYTE) == 0) {
                return;
            }
            ledger.charge(Cause.AGI, 1);
        }
    }

    /** The history when the last instruction leaves EX. */
    private long left(long end) {
        return (history & lasting) == 0 ? writes : aged(history, end - enteredEx) | writes;
    }

    private long aged(long older, long clocks) {
        return clocks < CLOCKS ? older << clocks * CLOCK & lasting : 0;
    }

    /** The first stages were empty and have filled again: after a branch, whose clocks contain that, or after waiting for code. */
    private void refill(long newHistory) {
        history = 0;
        writes = newHistory;
        enteredD2 = ledger.now - 2;
        enteredEx = ledger.now - 1;
    }

    /** As {@link #refill}, and registers written before the branch are long written. */
    void restart() {
        refill(ENTRY);
    }

    /** Code came late by some clocks. */
    void starved(long clocks) {
        refill(aged(left(ledger.now - clocks), clocks) | ENTRY);
    }

    void save(StateWriter out) {
        out.putLongs("pipeline", new long[] {enteredD2, enteredEx, history, writes});
    }

    void load(StateReader in) {
        long[] saved = new long[4];
        in.getLongs("pipeline", saved);
        enteredD2 = saved[0];
        enteredEx = saved[1];
        history = saved[2];
        writes = saved[3];
    }
}
