package org.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.orrery.cli.system.SystemLoader;
import org.orrery.pc.Machine;
import org.orrery.pc.Outcome;
import org.orrery.pc.profile.Profile;
import org.orrery.servers.GuestSystem;

/** A thousand threads in 64 tasks: no message is lost, duplicated or delivered to another thread. */
class StressTest {
    private static final int MILLISECONDS = 700;
    private static final long START_AND_END = 500_000_000;
    private static final long CYCLES_EACH = 100_000;
    private static final String LONG = "orrery.stress.milliseconds";
    private static final int MEMORY = 32 << 20;

    private final StringBuilder output = new StringBuilder();

    private void run(int milliseconds) {
        Machine machine = Machine.builder(Profile.byName(Profile.DEFAULT))
                .memory(MEMORY)
                .console(c -> output.append((char) c))
                .build();
        SystemLoader.load(machine, "kernel", GuestSystem.stress(1, milliseconds));
        Outcome outcome = machine.run(START_AND_END + milliseconds * CYCLES_EACH);
        assertThat(outcome.ending()).as("%s%n%s", outcome, output).isEqualTo(Outcome.Ending.EXITED);
        assertThat(outcome.exitStatus()).as(output.toString()).isZero();
        assertThat(output).containsPattern("1024 threads in 64 tasks, [0-9]{4,} messages sent and received");
    }

    @Test
    void noMessageIsLost() {
        run(MILLISECONDS);
    }

    @Test
    @EnabledIfSystemProperty(named = LONG, matches = "[1-9][0-9]*", disabledReason = "runs with -Plong")
    void noMessageIsLostInALongTime() {
        run(Integer.getInteger(LONG));
        System.out.print(output);
    }
}
