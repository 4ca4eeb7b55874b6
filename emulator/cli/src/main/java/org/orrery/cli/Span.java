package org.orrery.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.orrery.cpu.Cause;

/**
 * What happened between two moments of a run. All but {@code host} is the same on every run.
 *
 * @param cyclesByCause CPU clocks by the cause's label, causes that did not occur left out
 * @param simulatedSeconds the cycles at the machine's clock
 */
@JsonPropertyOrder({"instructions", "cycles", "simulatedSeconds", "cyclesByCause", "host"})
@JsonInclude(JsonInclude.Include.NON_NULL)
record Span(long instructions, long cycles, double simulatedSeconds, Map<String, Long> cyclesByCause, Host host) {
    private static final double NANOS = 1e9;

    /**
     * What it took the host.
     *
     * @param mips million guest instructions in a second of the host
     * @param realTime simulated by host seconds: above 1 is faster than the real machine
     */
    record Host(double seconds, double mips, double realTime) {}

    static Span between(Moment from, Moment to, long clockHz) {
        Map<String, Long> byCause = new LinkedHashMap<>();
        long cycles = 0;
        for (Cause cause : Cause.values()) {
            long charged = to.cycles()[cause.ordinal()] - from.cycles()[cause.ordinal()];
            cycles += charged;
            if (charged != 0) {
                byCause.put(cause.label(), charged);
            }
        }
        long instructions = to.instructions() - from.instructions();
        double simulated = (double) cycles / clockHz;
        double seconds = Math.max(1, to.hostNanos() - from.hostNanos()) / NANOS;
        return new Span(
                instructions,
                cycles,
                simulated,
                byCause,
                new Host(seconds, instructions / seconds / 1e6, simulated / seconds));
    }

    /** The figures in a line, for people. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%,d instructions, %,d cycles, %.3f s simulated, %.3f s on the host: %s real time, %.1f MIPS",
                instructions,
                cycles,
                simulatedSeconds,
                host.seconds,
                factor(host.realTime),
                host.mips);
    }

    private static String factor(double f) {
        return String.format(Locale.ROOT, f >= 10 ? "%.0fx" : f >= 0.1 ? "%.1fx" : "%.3fx", f);
    }

    /** The cycles by cause as a table, each line indented by four. */
    String table() {
        StringBuilder text = new StringBuilder();
        cyclesByCause.forEach((cause, charged) -> text.append(
                String.format(Locale.ROOT, "    %-18s %,16d %5.1f %%%n", cause, charged, 100.0 * charged / cycles)));
        text.append(String.format(Locale.ROOT, "    %-18s %,16d%n", "total", cycles));
        return text.toString();
    }
}
