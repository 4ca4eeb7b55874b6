package org.orrery.cpu.fuzz;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Goes on with seeds that were not tried before, for as long as it is told. */
class FreshSeedsTest {
    private static final String MINUTES = "orrery.fuzz.minutes";
    private static final int SEEDS_A_LINE = 10_000;

    @Test
    @EnabledIfSystemProperty(named = MINUTES, matches = "[1-9][0-9]*", disabledReason = "runs with -Pfuzz")
    void no_fresh_seed_differs() {
        Unicorn unicorn = Unicorn.open();
        assumeTrue(unicorn != null, "libunicorn 2 is not installed");
        Comparison comparison = new Comparison(unicorn);
        Instant end = Instant.now().plus(Duration.ofMinutes(Integer.getInteger(MINUTES)));
        long first = System.nanoTime();
        long instructions = 0;
        for (long seed = first; Instant.now().isBefore(end); seed++) {
            if ((seed - first) % SEEDS_A_LINE == 0) {
                System.out.printf("%d instructions, going on with seed %d%n", instructions, seed);
            }
            Program program = comparison.generate(seed);
            instructions += program.steps().size();
            if (!comparison.differences(program).isEmpty()) {
                fail(comparison.explain(program));
            }
        }
        System.out.printf("%d instructions from seed %d on did the same%n", instructions, first);
    }
}
