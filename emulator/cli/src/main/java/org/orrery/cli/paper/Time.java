package org.orrery.cli.paper;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.orrery.cpu.Cause;

/**
 * What something takes.
 *
 * @param cycles CPU clocks
 * @param causes the same by cause, without those that take none
 */
record Time(double cycles, Map<String, Double> causes) {
    /** The sum of what each cause takes. */
    static Time of(ToDoubleFunction<Cause> clocks) {
        double total = 0;
        Map<String, Double> causes = new LinkedHashMap<>();
        for (Cause cause : Cause.values()) {
            double cycles = clocks.applyAsDouble(cause);
            total += cycles;
            if (cycles != 0) {
                causes.put(cause.label(), Row.round(cycles));
            }
        }
        return new Time(total, causes);
    }

    /** What this takes more than another one. */
    Time less(Time other) {
        Map<String, Double> more = new LinkedHashMap<>();
        for (Cause cause : Cause.values()) {
            double difference = causes.getOrDefault(cause.label(), 0.0) - other.causes.getOrDefault(cause.label(), 0.0);
            if (difference != 0) {
                more.put(cause.label(), Row.round(difference));
            }
        }
        return new Time(cycles - other.cycles, more);
    }
}
