package org.orrery.cli.conform;

/**
 * What an i486 should make of a capture.
 *
 * @param capture the capture, changed where departures say that an i486 does otherwise
 * @param anyFlags flags that may have any value
 * @param comparable whether there is anything to compare with
 */
record Expectation(Capture capture, int anyFlags, boolean comparable) {

    /** To the letter. */
    static Expectation exactly(Capture capture) {
        return new Expectation(capture, 0, true);
    }
}
