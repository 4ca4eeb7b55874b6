package org.orrery.isa.asm;

import java.util.List;

/**
 * A multi-line macro.
 *
 * @param most the greatest number of arguments, or {@link Integer#MAX_VALUE}
 * @param greedy whether the last parameter takes the rest of the line
 * @param file where it was defined
 * @param line where it was defined
 */
record Macro(
        String name,
        int least,
        int most,
        boolean greedy,
        boolean ignoreCase,
        List<List<Token>> defaults,
        List<RawLine> body,
        String file,
        int line) {

    boolean isNamed(String word) {
        return ignoreCase ? name.equalsIgnoreCase(word) : name.equals(word);
    }

    boolean takes(int arguments) {
        return arguments >= least && (arguments <= most || greedy);
    }

    String arity() {
        if (most == Integer.MAX_VALUE) {
            return "at least " + least;
        }
        return least == most ? String.valueOf(least) : least + " to " + most;
    }
}
