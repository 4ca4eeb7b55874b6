package org.orrery.cli.validate;

import java.util.Arrays;
import java.util.Map;

/** Sums of products of numbers and names, such as {@code 37+TS386} and {@code 12+3*16}. */
final class Formula {
    private Formula() {}

    /** @throws IllegalArgumentException if it is something else, or a name has no value */
    static int value(String formula, Map<String, Integer> names) {
        return Arrays.stream(formula.split("\\+"))
                .mapToInt(product -> Arrays.stream(product.split("\\*"))
                        .mapToInt(factor -> factor(factor, names))
                        .reduce(1, (a, b) -> a * b))
                .sum();
    }

    private static int factor(String factor, Map<String, Integer> names) {
        if (names.containsKey(factor)) {
            return names.get(factor);
        }
        return Integer.parseInt(factor);
    }
}
