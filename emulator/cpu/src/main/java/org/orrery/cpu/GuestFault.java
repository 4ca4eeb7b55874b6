package org.orrery.cpu;

/**
 * An exception of the guest on its way from where it is detected to where it is delivered. One preallocated, stackless object per CPU:
 * raising it costs no allocation.
 */
final class GuestFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final int DE = 0;
    static final int NMI = 2;
    static final int OF = 4;
    static final int BR = 5;
    static final int UD = 6;
    static final int NM = 7;
    static final int DF = 8;
    static final int TS = 10;
    static final int NP = 11;
    static final int SS = 12;
    static final int GP = 13;
    static final int PF = 14;
    static final int MF = 16;
    static final int AC = 17;

    /**
     * A page fault takes INT + 24 clocks, and so does BOUND out of range (recalled, unverified); of other faults inferred from these.
     */
    private static final int CLOCKS = 24;

    int vector;
    int errorCode;
    /** CPU clocks beyond INT that raising it takes. */
    int clocks;

    GuestFault() {
        super(null, null, false, false);
    }

    /** Fills in what is raised; the caller throws the returned object. */
    GuestFault of(int exceptionVector, int code) {
        vector = exceptionVector;
        errorCode = code;
        clocks = CLOCKS;
        return this;
    }

    /** Has it take other clocks than most. */
    GuestFault taking(int beyondInt) {
        clocks = beyondInt;
        return this;
    }

    /** Whether the exception pushes an error code. */
    static boolean hasErrorCode(int vector) {
        return vector == DF || vector >= TS && vector <= PF || vector == AC;
    }
}
