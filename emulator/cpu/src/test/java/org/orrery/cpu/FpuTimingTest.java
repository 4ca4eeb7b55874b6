package org.orrery.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clocks of x87 instructions whose operands are in the cache and whose code is. */
class FpuTimingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fadd st1 | 10",
                "fadd dword [0x9000] | 10",
                "fmul st1 | 16",
                "fmul dword [0x9000] | 11",
                "fmul qword [0x9000] | 14",
                "fdiv st1 | 73",
                "fdiv dword [0x9000] | 73",
                "fiadd dword [0x9000] | 23",
                "fidiv word [0x9000] | 87",
                "fld st1 | 4",
                "fld dword [0x9000] | 3",
                "fld qword [0x9000] | 3",
                "fld tword [0x9000] | 6",
                "fst dword [0x9010] | 7",
                "fst qword [0x9010] | 8",
                "fild dword [0x9000] | 12",
                "fist dword [0x9010] | 32",
                "fbstp [0x9010] | 175",
                "fcom st1 | 4",
                "fchs | 6",
                "fsqrt | 86",
                "fsin | 306",
                "fsincos | 329",
                "fxch st1 | 4",
                "fldpi | 8",
                "fnstsw ax | 3",
                "fnstcw [0x9010] | 3",
                "fldcw [0x9020] | 4",
                "fnstenv [0x9040] | 56",
                "fldenv [0x9080] | 34",
                "wait | 1"
            })
    void warmClocksEqualTheTable(String operation, int clocks) {
        assertThat(clocks(0x37F, operation)).isEqualTo(clocks);
    }

    @ParameterizedTest
    @CsvSource({"0x37F, 73", "0x27F, 62", "0x07F, 35"})
    void divisionTakesAsLongAsItsPrecision(int control, int clocks) {
        assertThat(clocks(control, "fdiv st1")).isEqualTo(clocks);
        assertThat(clocks(control, "fdivr dword [0x9000]")).isEqualTo(clocks);
    }

    @Test
    void integerInstructionsRunDuringADivisionAndTheNextOfTheX87WaitsForTheRest() {
        Loop few = Loop.flat("fninit; fld1; fld1; again: fdiv st1; times 20 nop; wait; jmp again");
        assertThat(few.round()).isEqualTo(73 + 1 + 3);
        assertThat(few.round(Cause.FPU_BUSY)).isEqualTo(70 - 20);
        Loop many = Loop.flat("fninit; fld1; fld1; again: fdiv st1; times 80 nop; wait; jmp again");
        assertThat(many.round()).isEqualTo(3 + 80 + 1 + 3);
        assertThat(many.round(Cause.FPU_BUSY)).isZero();
    }

    @Test
    void anX87InstructionBehindAnotherWaitsForIt() {
        assertThat(Loop.flat("fninit; fld1; fld1; again: fadd st1; fadd st1; jmp again")
                        .round(Cause.FPU_BUSY))
                .as("7 behind the first; 7 less the jump behind the second")
                .isEqualTo(7 + 4);
    }

    /** The second of two runs, in the same state. */
    private static long clocks(int control, String operation) {
        FpuBench b = new FpuBench(
                "cmp dword [0x9000], 0; cmp dword [0x9004], 0; cmp dword [0x9008], 0; cmp dword [0x9020], 0;"
                        + "cmp dword [0x9080], 0; cmp dword [0x9090], 0; align 16; again: fninit; push " + control
                        + "; fldcw [esp]; pop eax; fld1; fld1; nop; nop; nop; nop; nop; nop; nop; timed: " + operation
                        + "; done: nop; nop; inc ecx; cmp ecx, 2; jne again");
        b.board.store(0x9080, 0x37F);
        b.board.store(0x9088, 0xFFFF);
        b.board.store(0x9020, 0x37F);
        b.board.cpu.setRegister(Cpu.ECX, 0);
        b.to("done").to("timed");
        long start = b.board.cpu.ledger().now();
        b.to("done");
        return Math.max(b.board.cpu.ledger().now(), b.board.cpu.core().fpu.busyUntil) - start;
    }
}
