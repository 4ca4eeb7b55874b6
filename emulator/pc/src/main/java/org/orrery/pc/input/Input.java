package org.orrery.pc.input;

/**
 * Something that came from outside.
 *
 * @param cycle the CPU cycle at which the door let it in
 * @param channel where it went, for instance {@code com1}
 * @param payload bytes as the device takes them; not to be changed
 */
public record Input(long cycle, String channel, byte[] payload) {}
