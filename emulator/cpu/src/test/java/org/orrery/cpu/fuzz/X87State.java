package org.orrery.cpu.fuzz;

import java.util.List;
import org.orrery.cpu.Bench;

/**
 * The registers of the x87.
 *
 * @param exponents sign and exponent of ST(0) to ST(7)
 * @param mantissas of the same
 */
record X87State(int control, int status, int tags, int[] exponents, long[] mantissas) {
    /** Bits of the status word that are compared: C0, C2, C3 and TOP; for the others see {@code unicorn.departures}. */
    static final int STATUS_COMPARED = 0x7D00;

    private static final int TOP_SHIFT = 11;

    static X87State of(Bench bench) {
        int[] exponents = new int[8];
        long[] mantissas = new long[8];
        for (int i = 0; i < 8; i++) {
            exponents[i] = bench.x87Exponent(i);
            mantissas[i] = bench.x87Mantissa(i);
        }
        return new X87State(bench.x87Control(), bench.x87Status(), bench.x87Tags(), exponents, mantissas);
    }

    /** Names what is different, ours first. What an empty register holds counts too: FNSAVE shows it. */
    void differences(X87State other, List<String> found) {
        Outcome.compare(found, "FCW", control, other.control);
        Outcome.compare(found, "FSW", status & STATUS_COMPARED, other.status & STATUS_COMPARED);
        Outcome.compare(found, "FTW", tags, other.tags);
        for (int i = 0; i < 8; i++) {
            if (exponents[i] != other.exponents[i] || mantissas[i] != other.mantissas[i]) {
                found.add("ST" + i + " " + register(i) + " and " + other.register(i));
            }
        }
    }

    private String register(int i) {
        return String.format("%04x:%016x", exponents[i], mantissas[i]);
    }

    /** Control word, status word and the registers that are not empty, in words. */
    String registers() {
        StringBuilder text = new StringBuilder(String.format("FCW %04x FSW %04x", control, status));
        int top = status >> TOP_SHIFT & 7;
        for (int i = 0; i < 8; i++) {
            if ((tags >> 2 * (top + i & 7) & 3) != 3) {
                text.append(" ST").append(i).append(' ').append(register(i));
            }
        }
        return text.toString();
    }
}
