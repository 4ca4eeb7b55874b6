package org.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.orrery.cli.system.SystemLoader;
import org.orrery.kernel.KernelBuild;
import org.orrery.kernel.KernelOptions;
import org.orrery.kernel.Optimisation;
import org.orrery.pc.Machine;
import org.orrery.pc.Outcome;
import org.orrery.pc.device.MarkPort.Mark;
import org.orrery.pc.profile.Profile;
import org.orrery.servers.GuestSystem;

/** The microkernel on the simulated machine. */
class KernelTest {
    private static final int TRIPS = 10_000;
    private static final long LIMIT = 2_000_000_000L;
    private static final String GOOD = "pingpong: " + TRIPS + " round trips, all answers right\r\n";

    private static final Map<String, GuestSystem> TESTS = new HashMap<>();

    private final StringBuilder output = new StringBuilder();

    /** One of the tests, assembled once. */
    private static GuestSystem test(String program) {
        return TESTS.computeIfAbsent(program, GuestSystem::test);
    }

    private Machine boot(GuestSystem system) {
        Machine machine = Machine.builder(Profile.byName(Profile.DEFAULT))
                .console(c -> output.append((char) c))
                .build();
        SystemLoader.load(machine, "kernel", system);
        return machine;
    }

    private void runToGoodEnd(Machine machine) {
        Outcome outcome = machine.run(LIMIT);
        assertThat(outcome.ending()).as("%s%n%s", outcome, output).isEqualTo(Outcome.Ending.EXITED);
        assertThat(outcome.exitStatus()).as(output.toString()).isZero();
    }

    @Test
    void aShortMessageBetweenAddressSpacesTakesLessThan200Cycles() {
        Machine machine = boot(GuestSystem.pingPong(TRIPS));
        runToGoodEnd(machine);
        assertThat(output).hasToString(GOOD);
        List<Mark> marks = machine.marks();
        long cycles = marks.get(1).cycle() - marks.get(0).cycle();
        assertThat((double) cycles / (2 * TRIPS)).isBetween(172.0, 200.0);
    }

    @ParameterizedTest
    @MethodSource("org.orrery.servers.GuestSystem#tests")
    void theKernelKeepsItsPromises(String program) {
        runToGoodEnd(boot(test(program)));
        assertThat(output).containsPattern("checks: [0-9]+\r\n$");
    }

    @Test
    void everyForbiddenDeedHaltsItsThreadAndNoOther() {
        runToGoodEnd(boot(GuestSystem.forbiddenDeeds(TRIPS)));
        for (int deed = 0; deed < GuestSystem.deeds(); deed++) {
            assertThat(output).contains(String.format("halted thread %08X", 6 + deed << 17 | 1));
        }
        assertThat(output.toString().lines()).hasSize(GuestSystem.deeds() + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void randomSystemCallsDoNoHarm(int seed) {
        runToGoodEnd(boot(GuestSystem.garbage(seed, TRIPS)));
        assertThat(output.toString()).endsWith(GOOD).doesNotContain("panic");
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 12, 128, 4096})
    void messagesOfAllSizesComeBackWhole(int bytes) {
        runToGoodEnd(boot(GuestSystem.sweep(bytes, 10, false)));
        runToGoodEnd(boot(GuestSystem.sweep(bytes, 10, true)));
    }

    /** Kernels that do without something. */
    static Stream<Arguments> lesser() {
        KernelOptions options = KernelOptions.DEFAULT.withDebug(true);
        return Stream.concat(
                Stream.of(Optimisation.values()).map(o -> arguments(named("without " + o.label(), options.without(o)))),
                Stream.of(0, 1).map(n -> arguments(named("message registers " + n, options.withMessageRegisters(n)))));
    }

    @ParameterizedTest
    @MethodSource("lesser")
    void aKernelThatDoesWithoutSomethingKeepsThePromises(KernelOptions options) {
        byte[] kernel = KernelBuild.assemble(options).toElf();
        for (String program : GuestSystem.tests()) {
            output.setLength(0);
            runToGoodEnd(boot(test(program).withKernel(kernel)));
            assertThat(output.toString().lines().filter(l -> l.endsWith(": ok")))
                    .as(program)
                    .isNotEmpty();
        }
    }
}
