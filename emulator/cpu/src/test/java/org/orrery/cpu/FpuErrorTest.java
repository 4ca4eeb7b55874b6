package org.orrery.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How errors and the absence of an x87 are reported: #NM, #MF, FERR# with IGNNE#. */
class FpuErrorTest {
    private static final int HANDLER = 0x4000;
    private static final int CR0 = 0x11;
    /** Division by zero is not masked; code to divide by zero, then to store, which waits. */
    private static final String DIVIDE_BY_ZERO =
            "fninit; push 0x37B; fldcw [esp]; fld1; fldz; fdivp st1,st0; failed: nop;";

    private final List<Boolean> errorLine = new ArrayList<>();

    private FpuBench bench(int cr0, String source) {
        FpuBench b = new FpuBench(source);
        TestBoard board = b.board;
        board.tables();
        board.load(0xE800, "0F0115002F0000 0F011D062F0000");
        board.cpu.setEip(0xE800);
        board.steps(2);
        for (int vector : new int[] {GuestFault.NM, GuestFault.MF, 0x2D}) {
            board.gate(vector, HANDLER + 16 * vector, 0);
        }
        board.vector = 0x2D;
        board.cpu.setEip(TestBoard.CODE);
        board.cpu.setControl(0, cr0);
        board.cpu.connectNumericError(high -> {
            errorLine.add(high);
            board.cpu.setIntr(high);
        });
        return b;
    }

    /** The vector that was taken, or -1. */
    private static int vector(FpuBench b) {
        int eip = b.board.cpu.eip();
        return eip >= HANDLER && eip < HANDLER + 0x1000 ? (eip - HANDLER) / 16 : -1;
    }

    @ParameterizedTest
    @CsvSource({
        "fld1, 0, -1",
        "fld1, 2, -1",
        "fld1, 4, 7",
        "fld1, 8, 7",
        "fld1, 10, 7",
        "fninit, 4, 7",
        "fnstsw ax, 8, 7",
        "wait, 0, -1",
        "wait, 2, -1",
        "wait, 4, -1",
        "wait, 8, -1",
        "wait, 10, 7"
    })
    void notAvailableByEmulationTaskSwitchedAndMonitorBits(String operation, int bits, int expected) {
        FpuBench b = bench(CR0 | bits, operation);
        b.board.steps(1);
        assertThat(vector(b)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fstp st0", "wait", "fld1", "fldcw [0x9000]", "fnop", "frstor [0x9000]"})
    void errorsAreReportedByTheNextInstructionThatWaits(String next) {
        FpuBench b = bench(CR0 | 0x20, DIVIDE_BY_ZERO + "there: " + next).to("there");
        assertThat(b.status() & 0x8084).isEqualTo(0x8084);
        int there = b.board.cpu.eip();
        b.board.steps(1);
        assertThat(vector(b)).isEqualTo(GuestFault.MF);
        assertThat(b.dword(b.board.register(Cpu.ESP))).as("restarts there").isEqualTo(there);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fnstsw ax", "fnclex", "fninit", "fnstcw [0x9000]", "fnstenv [0x9000]", "fnsave [0x9000]"})
    void instructionsThatDoNotWaitRun(String next) {
        FpuBench b = bench(CR0 | 0x20, DIVIDE_BY_ZERO + next).toEnd();
        assertThat(vector(b)).isEqualTo(-1);
    }

    @Test
    void clearedErrorsAreForgotten() {
        FpuBench b = bench(CR0 | 0x20, DIVIDE_BY_ZERO + "fnclex; fld1").toEnd();
        assertThat(b.status() & 0x80FF).isZero();
    }

    @Test
    void unmaskingAnOldExceptionMakesItPending() {
        FpuBench b = bench(CR0 | 0x20, "fninit; fld1; fldz; fdivp st1,st0; push 0x37B; fldcw [esp]; fld1");
        b.board.steps(7);
        assertThat(vector(b)).isEqualTo(GuestFault.MF);
    }

    @Test
    void withoutNumericErrorBitTheProcessorSignalsAndWaitsForTheInterrupt() {
        FpuBench b = bench(CR0, DIVIDE_BY_ZERO + "sti; nop; there: fld1").to("there");
        assertThat(errorLine).as("deferred").isEmpty();
        int there = b.board.cpu.eip();
        b.board.steps(1);
        assertThat(errorLine).containsExactly(true);
        b.board.steps(1);
        assertThat(vector(b)).isEqualTo(0x2D);
        assertThat(b.dword(b.board.register(Cpu.ESP))).isEqualTo(there);
    }

    @Test
    void theHandlerClearsTheErrorAndTheInstructionRuns() {
        FpuBench b = bench(CR0, DIVIDE_BY_ZERO + "sti; nop; fld1");
        b.board.load(HANDLER + 16 * 0x2D, "DBE2 CF");
        b.toEnd();
        assertThat(errorLine).containsExactly(true, false);
        assertThat(b.st(0)).isEqualTo(FpuBench.ONE);
    }

    @Test
    void withInterruptsOffItWaitsForever() {
        FpuBench b = bench(CR0, DIVIDE_BY_ZERO + "there: fld1").to("there");
        assertThat(b.board.cpu.run(b.board.cpu.ledger().now() + 1000)).isEqualTo(Stop.DEAD_HALT);
        assertThat(b.board.cpu.halted()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fninit; push 0x37E; fldcw [esp]; fld1; fchs; fld1; fyl2x | false",
                "fninit; push 0x37E; fldcw [esp]; fld1; fld1; fchs; fyl2x | true",
                "fninit; push 0x37E; fldcw [esp]; fld1; fchs; fsqrt | false",
                "fninit; push 0x37E; fldcw [esp]; fistp dword [0x9000] | true",
                "fninit; push 0x35F; fldcw [esp]; fldpi; fistp dword [0x9000] | false",
                "fninit; push 0x37E; fldcw [esp]; fadd st1 | false"
            })
    void storesAndSlowFunctionsSignalAtOnce(String source, boolean atOnce) {
        bench(CR0, source).toEnd();
        assertThat(errorLine).isEqualTo(atOnce ? List.of(true) : List.of());
    }

    @Test
    void ignoredErrorsNeitherSignalNorStop() {
        FpuBench b = bench(CR0, DIVIDE_BY_ZERO + "fld1");
        b.board.cpu.setIgnoreNumericError(true);
        b.toEnd();
        assertThat(errorLine).isEmpty();
        assertThat(b.st(0)).isEqualTo(FpuBench.ONE);
    }

    @Test
    void aChipWithoutX87AnswersNoProbe() {
        CpuConfig sx = new CpuConfig("i486SX", false, 0x0420, false, 1, 8192, 4, MemoryTiming.ZERO_WAIT, false, false);
        FpuBench b = new FpuBench(
                sx, "mov word [0x9000], 0x5A5A; fninit; fnstsw [0x9000]; mov eax, 0x1234; fnstsw ax; fld1");
        b.board.steps(5);
        assertThat(b.word(0x9000)).isEqualTo(0x5A5A);
        assertThat(b.board.register(Cpu.EAX)).isEqualTo(0x1234);
        assertThat(b.board.cpu.step()).isEqualTo(Stop.NOT_EXECUTED);
        assertThat(b.board.cpu.stopReason()).contains("fld1").contains("without an x87");
    }

    @Test
    void memoryOperandsAreReadOnlyWhenNoErrorWaits() {
        FpuBench b =
                bench(CR0 | 0x20, DIVIDE_BY_ZERO + "there: fadd dword [0x9000]").to("there");
        b.board.cpu.setSegment(Cpu.DS, 16, 0, 0xFFF, 0x4093);
        b.board.steps(1);
        assertThat(vector(b)).isEqualTo(GuestFault.MF);
    }
}
