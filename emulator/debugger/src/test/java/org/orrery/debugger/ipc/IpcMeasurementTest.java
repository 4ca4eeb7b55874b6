package org.orrery.debugger.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.orrery.debugger.FlatMachine;
import org.orrery.debugger.MiniKernel;
import org.orrery.debugger.ipc.IpcMeasurement.Options;
import org.orrery.debugger.measure.PhaseMap;
import org.orrery.isa.debug.DebugInfo;
import org.orrery.pc.Machine;

class IpcMeasurementTest {
    private static final Options ALL = new Options(10, 1000, Long.MAX_VALUE);

    private final IpcReport report = IpcMeasurement.measure(MiniKernel.machine(), MiniKernel.info(), ALL);

    @Test
    void oneWayTimesOfBothDirectionsAreCounted() {
        assertThat(report.directions()).hasSize(2);
        assertThat(report.directions().get(0).typical().kind()).isEqualTo("call");
        assertThat(report.directions().get(0).typical().sender()).isEqualTo("4.0");
        assertThat(report.directions().get(1).typical().kind()).isEqualTo("reply and wait");
        // All messages but the last, after which no IPC follows; the warm-up, and the one in which the mark was made,
        // do not count.
        assertThat(report.all().count()).isEqualTo(2 * MiniKernel.ROUNDS - 1 - 10);
        assertThat(report.all().mean())
                .isBetween((double) report.all().min(), (double) report.all().max());
        assertThat(report.first().cacheMisses()).isNotEmpty();
        assertThat(report.directions().get(0).typical().cacheMisses()).isEmpty();
    }

    @Test
    void thePhasesOfASampleAddUpToItsCycles() {
        for (IpcReport.Direction direction : report.directions()) {
            IpcSample sample = direction.typical();
            assertThat(sample.phases().stream().mapToLong(PhaseCost::cycles).sum())
                    .isEqualTo(sample.cycles());
            assertThat(sample.phases().stream()
                            .flatMap(p -> p.causes().values().stream())
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(sample.cycles());
            assertThat(sample.phases().stream().map(PhaseCost::phase))
                    .containsExactly(
                            PhaseMap.ENTER,
                            "check message",
                            "access partner",
                            "switch stack",
                            "switch address space",
                            "return",
                            "inspect message",
                            "load message");
            assertThat(sample.phases().get(0).causes()).containsEntry("execute", 71L);
        }
    }

    @Test
    void measuringCostsTheGuestNothing() {
        Machine measured = MiniKernel.machine();
        IpcMeasurement.measure(measured, MiniKernel.info(), ALL);
        Machine alone = MiniKernel.machine();
        alone.run(Long.MAX_VALUE);
        assertThat(measured.now()).isEqualTo(alone.now());
        assertThat(measured.stateHash()).isEqualTo(alone.stateHash());
    }

    @Test
    void theReportHasThePapersFiguresBesideTheMeasured() {
        assertThat(PaperIpc.actions().stream().mapToInt(PaperIpc.Action::clocks).sum())
                .isEqualTo(PaperIpc.BOUND);
        assertThat(IpcReportText.lines(report, 50_000_000))
                .anyMatch(line -> line.matches("one IPC: [0-9.]+ cycles = [0-9.]+ µs at 50 MHz .*"))
                .anyMatch(line -> line.matches("enter kernel +\\d+ +\\d+ +71"))
                .anyMatch(line -> line.matches("total +\\d+ +\\d+ +172"));
    }

    @Test
    void aGuestThatIsNoKernelIsRefusedInOneLine() {
        assertThatThrownBy(() -> IpcMeasurement.measure(FlatMachine.with(0xF4), DebugInfo.EMPTY, ALL))
                .hasMessageStartingWith("this guest does not say that it is an L4 Version 2 kernel");
    }

    @Test
    void tooFewMessagesAreRefusedInOneLine() {
        assertThatThrownBy(() -> IpcMeasurement.measure(
                        MiniKernel.machine(), MiniKernel.info(), new Options(200, 1, Long.MAX_VALUE)))
                .hasMessageStartingWith("no two threads exchanged more than the 200 messages");
    }
}
