package org.orrery.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which operand is which in each form of arithmetic and comparison, and the conditions that instructions leave. */
class FpuArithmeticTest {
    private static final String DATA =
            "; jmp end; r4: dd 2.0; r8: dq 2.0; i2: dw 2; i4: dd 2; r10: dt 2.0; x: dq 0; word_: dw 0";
    /** ST is 12, ST(1) is 3. */
    private static final String OPERANDS = "fninit; push 3; fild dword [esp]; push 12; fild dword [esp];";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fadd st0,st1 | 15 | 3",
                "fmul st0,st1 | 36 | 3",
                "fsub st0,st1 | 9 | 3",
                "fsubr st0,st1 | -9 | 3",
                "fdiv st0,st1 | 4 | 3",
                "fdivr st0,st1 | 0.25 | 3",
                "fadd st1,st0 | 12 | 15",
                "fmul st1,st0 | 12 | 36",
                "fsub st1,st0 | 12 | -9",
                "fsubr st1,st0 | 12 | 9",
                "fdiv st1,st0 | 12 | 0.25",
                "fdivr st1,st0 | 12 | 4",
                "fadd dword [r4] | 14 | 3",
                "fmul dword [r4] | 24 | 3",
                "fsub dword [r4] | 10 | 3",
                "fsubr dword [r4] | -10 | 3",
                "fdiv dword [r4] | 6 | 3",
                "fadd qword [r8] | 14 | 3",
                "fmul qword [r8] | 24 | 3",
                "fsubr qword [r8] | -10 | 3",
                "fdiv qword [r8] | 6 | 3",
                "fiadd word [i2] | 14 | 3",
                "fimul word [i2] | 24 | 3",
                "fisub word [i2] | 10 | 3",
                "fisubr word [i2] | -10 | 3",
                "fidiv word [i2] | 6 | 3",
                "fiadd dword [i4] | 14 | 3",
                "fisubr dword [i4] | -10 | 3",
                "fidiv dword [i4] | 6 | 3",
                "fscale | 96 | 3",
                "fxch st1 | 3 | 12"
            })
    void eachFormHasItsOperandsInOrder(String operation, double st0, double st1) {
        FpuBench b = FpuBench.run(OPERANDS + operation + DATA);
        assertThat(b.value(0)).isEqualTo(st0);
        assertThat(b.value(1)).isEqualTo(st1);
        assertThat(b.top()).isEqualTo(6);
        assertThat(b.exceptions()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "faddp st1,st0 | 15", "fmulp st1,st0 | 36", "fsubp st1,st0 | -9", "fsubrp st1,st0 | 9",
                "fdivp st1,st0 | 0.25", "fdivrp st1,st0 | 4", "fstp st1 | 12", "fistp word [word_] | 3"
            })
    void poppingFormsPop(String operation, double st0) {
        FpuBench b = FpuBench.run(OPERANDS + operation + DATA);
        assertThat(b.value(0)).isEqualTo(st0);
        assertThat(b.top()).isEqualTo(7);
        assertThat(b.tagWord()).isEqualTo(0x3FFF);
    }

    /** Conditions are C3, C2, C0: 0 for greater, 1 for less, 4 for equal, 7 for unordered. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fcom st1 | 0 | 6",
                "fcomp st1 | 0 | 7",
                "fcompp | 0 | 0",
                "fucom st1 | 0 | 6",
                "fucomp st1 | 0 | 7",
                "fucompp | 0 | 0",
                "fcom dword [r4] | 0 | 6",
                "fcomp qword [r8] | 0 | 7",
                "ficom word [i2] | 0 | 6",
                "ficomp dword [i4] | 0 | 7",
                "ftst | 0 | 6",
                "fxch; fcom st1 | 1 | 6",
                "fcom st0 | 4 | 6",
                "fchs; ftst | 1 | 6",
                "fldz; ftst | 4 | 5"
            })
    void comparisonsLeaveConditionsAndPop(String operation, int conditions, int top) {
        FpuBench b = FpuBench.run(OPERANDS + operation + DATA);
        assertThat(b.conditions()).isEqualTo(conditions);
        assertThat(b.top()).isEqualTo(top);
    }

    @Test
    void quietNaNsAreInvalidInOneKindOfComparisonOnly() {
        String nan = "fninit; fldz; fdiv st0,st0; fnclex; fld1;";
        assertThat(FpuBench.run(nan + "fucom st1").exceptions()).isZero();
        FpuBench b = FpuBench.run(nan + "fcom st1");
        assertThat(b.exceptions()).isEqualTo(1);
        assertThat(b.conditions()).isEqualTo(7);
    }

    @Test
    void unmaskedInvalidOperandsStayWhereTheyAre() {
        FpuBench b = FpuBench.run("fninit; push 0x37E; fldcw [esp]; fldz; fldz; fdivp st1,st0");
        assertThat(b.status() & 0x80FF).isEqualTo(0x8081);
        assertThat(b.top()).isEqualTo(6);
        assertThat(b.tag(1)).isEqualTo(1);
    }

    @Test
    void theDirectionOfRoundingShowsInC1() {
        String third = "; fld1; push 3; fidiv dword [esp]";
        assertThat(FpuBench.run("fninit" + third).c1()).as("AAAA.. to AAAB").isTrue();
        assertThat(FpuBench.run("fninit; push 0x77F; fldcw [esp]" + third).c1()).isFalse();
        assertThat(FpuBench.run("fninit" + third).exceptions()).isEqualTo(0x20);
    }

    @Test
    void precisionControlShortensResults() {
        String third = "; fld1; push 3; fidiv dword [esp]";
        assertThat(FpuBench.run("fninit; push 0x07F; fldcw [esp]" + third).st(0))
                .isEqualTo("3ffd:aaaaab0000000000");
        assertThat(FpuBench.run("fninit; push 0x27F; fldcw [esp]" + third).st(0))
                .isEqualTo("3ffd:aaaaaaaaaaaaa800");
        assertThat(FpuBench.run("fninit; push 0x37F; fldcw [esp]" + third).st(0))
                .isEqualTo("3ffd:aaaaaaaaaaaaaaab");
    }

    @Test
    void remaindersLeaveTheQuotientInTheConditions() {
        FpuBench b = FpuBench.run("fninit; push 3; fild dword [esp]; push 23; fild dword [esp]; fprem");
        assertThat(b.value(0)).isEqualTo(2);
        assertThat(b.status() & 0x4700).as("7: all but C2").isEqualTo(0x4300);
        b = FpuBench.run("fninit; push 3; fild dword [esp]; push 23; fild dword [esp]; fprem1");
        assertThat(b.value(0)).isEqualTo(-1);
        assertThat(b.status() & 0x4700).as("8: none").isZero();
    }

    @Test
    void longRemaindersTakeSeveralSteps() {
        FpuBench b =
                FpuBench.run("fninit; push 200; fild dword [esp]; fld1; fscale; fstp st1; push 3; fild dword [esp];"
                        + "fxch; again: fprem; fnstsw ax; test ah,4; jnz again");
        assertThat(b.value(0)).as("2^200 mod 3").isEqualTo(1);
    }

    @Test
    void functionsWithTwoResultsPushTheSecond() {
        FpuBench b = FpuBench.run("fninit; fldz; fsincos");
        assertThat(b.value(0)).isEqualTo(1);
        assertThat(b.value(1)).isZero();
        b = FpuBench.run("fninit; fldz; fptan");
        assertThat(b.value(0)).isEqualTo(1);
        assertThat(b.value(1)).isZero();
        b = FpuBench.run("fninit; push 12; fild dword [esp]; fxtract");
        assertThat(b.value(0)).isEqualTo(1.5);
        assertThat(b.value(1)).isEqualTo(3);
    }

    @Test
    void anAngleOutOfRangeStaysAndSetsC2() {
        FpuBench b = FpuBench.run("fninit; push 63; fild dword [esp]; fld1; fscale; fsin");
        assertThat(b.conditions() & 2).isEqualTo(2);
        assertThat(b.value(0)).isEqualTo(0x1p63);
        b = FpuBench.run("fninit; push 63; fild dword [esp]; fld1; fscale; fptan");
        assertThat(b.top()).as("nothing pushed").isEqualTo(6);
    }

    @Test
    void functionsOfTwoOperandsReplaceTheSecondAndPop() {
        FpuBench b = FpuBench.run("fninit; push 3; fild dword [esp]; push 8; fild dword [esp]; fyl2x");
        assertThat(b.value(0)).isEqualTo(9);
        assertThat(b.top()).isEqualTo(7);
        b = FpuBench.run("fninit; fld1; fld1; fpatan");
        assertThat(b.st(0)).as("pi/4").isEqualTo("3ffe:c90fdaa22168c235");
    }
}
