package org.orrery.debugger.measure;

/**
 * A point in a measurement, between two instructions.
 *
 * @param cycle of the simulated clock
 * @param phases the account by phase at that point
 */
public record Moment(long cycle, Account phases) {}
