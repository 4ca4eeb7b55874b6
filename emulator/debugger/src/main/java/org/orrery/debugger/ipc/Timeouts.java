package org.orrery.debugger.ipc;

/**
 * The timeouts word of an IPC, low bit first: {@code rcv_exp:4, snd_exp:4, rcv_pfault:4, snd_pfault:4, snd_man:8, rcv_man:8}. A
 * timeout is {@code man * 4^(15-exp)} microseconds.
 */
public record Timeouts(int word) {
    /** The value of a timeout that never ends. */
    public static final long NEVER = Long.MAX_VALUE;

    /** How long the receive phase may wait, in microseconds; 0 is not at all. */
    public long receive() {
        return micros(word & 0xF, word >>> 24);
    }

    /** How long the send phase may wait, in microseconds. */
    public long send() {
        return micros(word >>> 4 & 0xF, word >>> 16 & 0xFF);
    }

    /** How long page faults in the partner's space may take while this thread receives, in microseconds. */
    public long receiveFault() {
        return faultMicros(word >>> 8 & 0xF);
    }

    /** The same while this thread sends. */
    public long sendFault() {
        return faultMicros(word >>> 12 & 0xF);
    }

    private static long micros(int exponent, int mantissa) {
        return exponent == 0 ? NEVER : (long) mantissa << 2 * (15 - exponent);
    }

    /** Exponent only; 15 stands for zero. */
    private static long faultMicros(int exponent) {
        return exponent == 15 ? 0 : micros(exponent, 1);
    }

    /** A timeout for people: {@code never}, {@code 0}, {@code 12 µs}, {@code 3.072 ms} or {@code 1.5 s}. */
    public static String text(long micros) {
        if (micros == NEVER) {
            return "never";
        }
        if (micros == 0) {
            return "0";
        }
        if (micros < 1_000) {
            return micros + " µs";
        }
        return micros < 1_000_000 ? decimal(micros, 1_000) + " ms" : decimal(micros, 1_000_000) + " s";
    }

    private static String decimal(long micros, long unit) {
        return java.math.BigDecimal.valueOf(micros)
                .divide(java.math.BigDecimal.valueOf(unit))
                .toPlainString();
    }

    /** All four, those for page faults only where they are finite. */
    @Override
    public String toString() {
        String faults = receiveFault() == NEVER && sendFault() == NEVER
                ? ""
                : ", page faults send " + text(sendFault()) + ", receive " + text(receiveFault());
        return "send " + text(send()) + ", receive " + text(receive()) + faults;
    }
}
