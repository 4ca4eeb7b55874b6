package org.orrery.cli.time;

import java.util.List;

/** The steps of a run from {@code from} up to, and without, {@code to}. */
record Window(Run run, int from, int to) {
    List<Step> steps() {
        return run.steps().subList(from, to);
    }

    /** CPU clocks of all steps. */
    long cycles() {
        return steps().stream().mapToLong(Step::total).sum();
    }
}
