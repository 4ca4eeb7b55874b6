package org.orrery.isa.asm;

import java.util.List;

/**
 * A single-line macro.
 *
 * @param parameters names, or null if it is used without parentheses
 */
record Define(String name, List<String> parameters, List<Token> body, boolean ignoreCase) {
    boolean isNamed(String word) {
        return ignoreCase ? name.equalsIgnoreCase(word) : name.equals(word);
    }

    int arity() {
        return parameters == null ? -1 : parameters.size();
    }
}
