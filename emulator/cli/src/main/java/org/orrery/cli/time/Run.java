package org.orrery.cli.time;

import java.util.List;

/**
 * What one run of a snippet executed.
 *
 * @param next linear address of the instruction that would have come next
 */
record Run(List<Step> steps, int next) {
    int size() {
        return steps.size();
    }

    Step step(int i) {
        return steps.get(i);
    }

    /** The address of step {@code i}, or what would have come after the last. */
    int address(int i) {
        return i < steps.size() ? steps.get(i).code().address() : next;
    }

    Window whole() {
        return new Window(this, 0, size());
    }
}
