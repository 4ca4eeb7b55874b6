package org.orrery.cli.validate;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A figure of ours beside a published one.
 *
 * @param section of the report
 * @param name of the case
 * @param source keys of where the published figure is from
 * @param confidence what is to be said of the published figure: {@code found}, {@code recalled, unverified}
 * @param mode of the CPU; several if they take the same
 * @param predicted what a guest takes here and now, CPU clocks; null if it cannot be tested
 * @param published CPU clocks; null if it cannot be tested
 * @param formula how the published figure comes about, or empty
 * @param asserted whether the two must be equal
 * @param note what else is to be said: why it is not asserted, which of several figures is followed
 * @param disagreement what other sources have, or empty
 */
public record Check(
        String section,
        String name,
        String source,
        String confidence,
        String mode,
        Double predicted,
        Double published,
        String formula,
        boolean asserted,
        String note,
        String disagreement) {

    /** Ours less theirs, to a hundredth of a clock; null if it cannot be tested. */
    @JsonProperty
    public Double residual() {
        return predicted == null || published == null ? null : Math.round((predicted - published) * 100) / 100.0;
    }

    /** Whether the figures are equal. */
    public boolean exact() {
        return residual() != null && residual() == 0;
    }

    /** Whether nothing is wrong with it. */
    @JsonProperty
    public boolean holds() {
        return !asserted || exact();
    }
}
