package org.orrery.cli.compare;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What something cost, cycle by cycle.
 *
 * @param name of the side, for people: image and machine
 * @param clockHz the machine's CPU clocks in a second
 * @param phases CPU clocks by phase, in the order in which they ran, and by the label of the cause
 */
public record Cost(String name, long clockHz, long instructions, Map<String, Map<String, Long>> phases) {
    /** A cost to be filled by {@link #add}. */
    public static Cost of(String name, long clockHz, long instructions) {
        return new Cost(name, clockHz, instructions, new LinkedHashMap<>());
    }

    /** Adds cycles of a phase by cause to what is there. */
    public void add(String phase, Map<String, Long> causes) {
        Map<String, Long> row = phases.computeIfAbsent(phase, p -> new LinkedHashMap<>());
        causes.forEach((cause, cycles) -> row.merge(cause, cycles, Long::sum));
    }

    /** All CPU clocks. */
    public long cycles() {
        return phases.keySet().stream().mapToLong(this::ofPhase).sum();
    }

    /** CPU clocks of a phase. */
    long ofPhase(String phase) {
        return phases.getOrDefault(phase, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** CPU clocks for a cause. */
    long ofCause(String cause) {
        return phases.keySet().stream().mapToLong(p -> of(p, cause)).sum();
    }

    /** CPU clocks of a phase for a cause. */
    long of(String phase, String cause) {
        return phases.getOrDefault(phase, Map.of()).getOrDefault(cause, 0L);
    }

    /** The cycles at this machine's clock, in microseconds. */
    double micros() {
        return cycles() * 1e6 / clockHz;
    }
}
