package org.orrery.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The register stack: its top, its tags, and what happens when it is too full or too empty. */
class FpuStackTest {
    private static final String FULL = "fninit; fldz; fldz; fldz; fldz; fldz; fldz; fldz; fld1;";
    private static final String FULL_UNMASKED = FULL + "fldcw [control]; jmp go; control: dw 0x37E; go:";
    private static final String EMPTY_UNMASKED = "fninit; fldcw [control]; jmp go; control: dw 0x37E; go:";

    @Test
    void initializationEmptiesAndMasksAll() {
        FpuBench b = FpuBench.run("fld1; fldz; fninit");
        assertThat(b.control()).isEqualTo(0x37F);
        assertThat(b.status()).isZero();
        assertThat(b.tagWord()).isEqualTo(0xFFFF);
    }

    @Test
    void loadsPushAndTagsTellWhatIsThere() {
        FpuBench b =
                FpuBench.run("fninit; fld1; fldz; fld tword [inf]; jmp end; inf: dq 0x8000000000000000; dw 0x7FFF");
        assertThat(b.top()).isEqualTo(5);
        assertThat(b.tag(0)).as("special").isEqualTo(2);
        assertThat(b.tag(1)).as("zero").isEqualTo(1);
        assertThat(b.tag(2)).as("valid").isZero();
        assertThat(b.tag(3)).as("empty").isEqualTo(3);
        assertThat(b.st(2)).isEqualTo(FpuBench.ONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fld1", "fldpi", "fld st0", "fld dword [0x9000]", "fild word [0x9000]", "fbld [0x9000]"})
    void pushingOntoAFullStackGivesIndefinite(String push) {
        FpuBench b = FpuBench.run(FULL + push);
        assertThat(b.exceptions()).isEqualTo(0x41);
        assertThat(b.c1()).as("overflow").isTrue();
        assertThat(b.st(0)).isEqualTo(FpuBench.INDEFINITE);
        assertThat(b.st(1)).isEqualTo(FpuBench.ONE);
        assertThat(b.top()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fld1", "fld st0", "fld dword [0x9000]", "fptan", "fsincos", "fxtract"})
    void unmaskedOverflowChangesNothing(String push) {
        FpuBench b = FpuBench.run(FULL_UNMASKED + push);
        assertThat(b.status() & 0x80FF).isEqualTo(0x80C1);
        assertThat(b.c1()).isTrue();
        assertThat(b.st(0)).isEqualTo(FpuBench.ONE);
        assertThat(b.top()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fadd st1 | 0",
                "fchs | 0",
                "fabs | 0",
                "fsqrt | 0",
                "frndint | 0",
                "fsin | 0",
                "f2xm1 | 0",
                "fscale | 0",
                "fprem | 0",
                "fadd dword [0x9000] | 0",
                "fst st3 | 0",
                "fadd st3,st0 | 0",
                "fxch st3 | 0",
                "fyl2x | 1",
                "fpatan | 1",
                "faddp | 1",
                "fstp st3 | 1",
                "fptan | 7",
                "fsincos | 7",
                "fxtract | 7"
            })
    void readingAnEmptyRegisterGivesIndefinite(String operation, int top) {
        FpuBench b = FpuBench.run("fninit;" + operation);
        assertThat(b.exceptions()).isEqualTo(0x41);
        assertThat(b.c1()).as("underflow").isFalse();
        assertThat(b.top()).isEqualTo(top);
        assertThat(new String[] {b.st(0), b.st(1), b.st(2), b.st(3)}).contains(FpuBench.INDEFINITE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fadd st1",
                "fchs",
                "fsqrt",
                "fsin",
                "fyl2x",
                "faddp",
                "fst st3",
                "fstp st3",
                "fxch st3",
                "fcompp"
            })
    void unmaskedUnderflowChangesNothing(String operation) {
        FpuBench b = FpuBench.run(EMPTY_UNMASKED + operation);
        assertThat(b.status() & 0x80FF).isEqualTo(0x80C1);
        assertThat(b.top()).isZero();
        assertThat(b.tagWord()).isEqualTo(0xFFFF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fcom st1", "fucom st1", "ftst", "fcom dword [0x9000]"})
    void comparisonWithAnEmptyRegisterIsUnordered(String operation) {
        FpuBench b = FpuBench.run("fninit;" + operation);
        assertThat(b.conditions()).isEqualTo(7);
        assertThat(b.exceptions()).isEqualTo(0x41);
    }

    @Test
    void exchangeSwaps() {
        FpuBench b = FpuBench.run("fninit; fld1; fldz; fldpi; fxch st2");
        assertThat(b.st(0)).isEqualTo(FpuBench.ONE);
        assertThat(b.st(2)).isEqualTo("4000:c90fdaa22168c235");
    }

    @Test
    void rotationMovesTheTopOnly() {
        FpuBench b = FpuBench.run("fninit; fld1; fincstp; fincstp; fdecstp");
        assertThat(b.top()).isZero();
        assertThat(b.tagWord()).isEqualTo(0x3FFF);
    }

    @Test
    void freeingTagsAsEmptyAndTheOtherFormPopsToo() {
        FpuBench b = FpuBench.run("fninit; fld1; fldz; ffree st1");
        assertThat(b.tag(1)).isEqualTo(3);
        assertThat(b.top()).isEqualTo(6);
        b = FpuBench.run("fninit; fld1; fldz; db 0xDF, 0xC0");
        assertThat(b.top()).isEqualTo(7);
        assertThat(b.tag(0)).isZero();
    }

    @Test
    void storingToARegisterCopiesAndPops() {
        FpuBench b = FpuBench.run("fninit; fldz; fldz; fld1; fst st1; fstp st2");
        assertThat(b.top()).isEqualTo(6);
        assertThat(b.st(0)).isEqualTo(FpuBench.ONE);
        assertThat(b.st(1)).isEqualTo(FpuBench.ONE);
    }

    @ParameterizedTest
    @CsvSource({"fld1, 0400", "fld1; fchs, 0600", "fldz, 4000", "fldz; fchs, 4200", "fld1; fstp st0, 4100"})
    void examinationTellsTheClass(String source, String expected) {
        FpuBench b = FpuBench.run("fninit;" + source + "; fxam");
        assertThat(b.status() & 0x4700).isEqualTo(Integer.parseInt(expected, 16));
    }
}
