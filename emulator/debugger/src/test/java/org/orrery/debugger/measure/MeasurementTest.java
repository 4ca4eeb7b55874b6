package org.orrery.debugger.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.orrery.cpu.Cause;
import org.orrery.debugger.FlatMachine;
import org.orrery.debugger.measure.AddressMap.Range;
import org.orrery.pc.Machine;
import org.orrery.pc.Outcome.Ending;

class MeasurementTest {
    private static final int CODE = FlatMachine.CODE;

    /** mov ecx, 100; again: add eax, [2 MB]; dec ecx; jnz again; cli; hlt. */
    private final Machine machine =
            FlatMachine.with(0xB9, 100, 0, 0, 0, 0x03, 0x05, 0, 0, 0x20, 0, 0x49, 0x75, 0xF7, 0xFA, 0xF4);

    private final PhaseMap phases =
            new PhaseMap(List.of(new Range(CODE, CODE + 5, "prepare"), new Range(CODE + 5, CODE + 14, "count")));
    private final AddressMap functions = AddressMap.of(List.of(new Range(CODE, CODE + 14, "main")));
    private final Measurement measurement = new Measurement(machine, phases, functions);

    private void runToEnd() {
        while (measurement.step().ending() == Ending.LIMIT) {
            assertThat(measurement.byPhase().total())
                    .isEqualTo(measurement.byFunction().total());
        }
    }

    @Test
    void everyCycleBelongsToAPhaseAndAFunction() {
        long start = machine.now();
        runToEnd();
        assertThat(measurement.byPhase().total()).isEqualTo(machine.now() - start);
        assertThat(measurement.byFunction().total()).isEqualTo(machine.now() - start);
        for (Cause cause : Cause.values()) {
            assertThat(measurement.byPhase().cycles(cause))
                    .isEqualTo(machine.cpu().ledger().cycles(cause));
        }
    }

    @Test
    void instructionsCountWhereTheyAre() {
        runToEnd();
        Account account = measurement.byPhase();
        assertThat(account.instructions(account.rows().indexOf("prepare"))).isEqualTo(1);
        assertThat(account.instructions(account.rows().indexOf("count"))).isEqualTo(300);
        assertThat(account.instructions(account.rows().indexOf(PhaseMap.SUPERVISOR)))
                .isEqualTo(2);
        assertThat(account.instructions()).isEqualTo(machine.cpu().instructions());
        Account byFunction = measurement.byFunction();
        assertThat(byFunction.instructions(byFunction.rows().indexOf("main"))).isEqualTo(301);
    }

    @Test
    void observingCostsTheGuestNothing() {
        runToEnd();
        Machine unobserved = FlatMachine.with(machineCode());
        unobserved.run(Long.MAX_VALUE);
        assertThat(machine.now()).isEqualTo(unobserved.now());
        assertThat(machine.stateHash()).isEqualTo(unobserved.stateHash());
    }

    private byte[] machineCode() {
        byte[] code = new byte[16];
        for (int i = 0; i < code.length; i++) {
            code[i] = (byte) machine.memory().peek8(CODE + i);
        }
        return code;
    }

    @Test
    void anIntervalHasItsPhasesInOrderAndItsMisses() {
        Moment start = measurement.now();
        for (int i = 0; i < 3; i++) {
            measurement.step();
        }
        Interval interval = measurement.between(start, measurement.now());
        assertThat(interval.order().stream().map(measurement.phaseNames()::get)).containsExactly("prepare", "count");
        assertThat(interval.cycles()).isEqualTo(machine.now() - start.cycle());
        assertThat(interval.misses().stream().map(Miss::address)).containsExactly(CODE, 0x200000);
        assertThat(interval.misses().get(1).instruction()).isEqualTo(CODE + 5);
    }

    @Test
    void theMomentBeforeAStepIsWhereTheStepBegan() {
        measurement.step();
        Moment between = measurement.now();
        measurement.step();
        Moment before = measurement.beforeLastStep();
        assertThat(before.cycle()).isEqualTo(between.cycle());
        assertThat(before.phases().total()).isEqualTo(between.phases().total());
    }
}
