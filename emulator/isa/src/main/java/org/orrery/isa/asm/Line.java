package org.orrery.isa.asm;

import java.util.List;

/**
 * A line of source.
 *
 * @param text as a listing shows it
 */
record Line(List<Token> tokens, Location location, String text) {}
