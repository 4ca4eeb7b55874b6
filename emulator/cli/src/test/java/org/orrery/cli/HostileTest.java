package org.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.orrery.cli.system.SystemLoader;
import org.orrery.pc.Machine;
import org.orrery.pc.Outcome;
import org.orrery.pc.profile.Profile;
import org.orrery.servers.GuestSystem;

/** Random and malicious system calls, on a kernel that checks its invariants after each. */
class HostileTest {
    private static final int CALLS = 6_000;
    private static final long START = 100_000_000;
    private static final long CYCLES_EACH = 200_000;
    private static final int CALLS_OF_A_SEED = 250_000;
    private static final String LONG_CALLS = "orrery.hostile.calls";

    private final StringBuilder output = new StringBuilder();

    private void run(int seed, int calls) {
        Machine machine = Machine.builder(Profile.byName(Profile.DEFAULT))
                .console(c -> output.append((char) c))
                .build();
        SystemLoader.load(machine, "kernel", GuestSystem.hostile(seed, calls));
        Outcome outcome = machine.run(START + calls * CYCLES_EACH);
        assertThat(outcome.ending()).as("%s%n%s", outcome, output).isEqualTo(Outcome.Ending.EXITED);
        assertThat(outcome.exitStatus()).as(output.toString()).isZero();
        assertThat(output).contains("hostile: seed " + seed + ": ", "all answers right");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void thePingPongSurvivesRandomSystemCalls(int seed) {
        run(seed, CALLS);
    }

    @Test
    @EnabledIfSystemProperty(named = LONG_CALLS, matches = "[1-9][0-9]*", disabledReason = "runs with -Plong")
    void thePingPongSurvivesManyRandomSystemCalls() {
        int seed = Integer.getInteger("orrery.hostile.seed");
        for (int left = Integer.getInteger(LONG_CALLS); left > 0; left -= CALLS_OF_A_SEED) {
            output.setLength(0);
            run(seed++, Math.min(left, CALLS_OF_A_SEED));
            System.out.print(output);
        }
    }
}
