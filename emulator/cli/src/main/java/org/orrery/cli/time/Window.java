package org.orrery.cli.time;

/** The steps of a run from {@code from} up to, and without, {@code to}. */
record Window(Run run, int from, int to) {}
