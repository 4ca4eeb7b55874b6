package org.orrery.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads and stores, and that a fault of memory leaves the x87 as it was. */
class FpuMemoryTest {
    private static final int HANDLER = 0x4000;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dd 1.5 | fld dword [d] | 1.5",
                "dq -2.25 | fld qword [d] | -2.25",
                "dt 3.5 | fld tword [d] | 3.5",
                "dw -7 | fild word [d] | -7",
                "dd -70000 | fild dword [d] | -70000",
                "dq -5000000000 | fild qword [d] | -5000000000",
                "db 0x89,0x67,0x45,0x23,0x01,0,0,0,0,0x80 | fbld [d] | -123456789"
            })
    void loadsEveryFormat(String data, String load, double value) {
        FpuBench b = FpuBench.run("fninit; " + load + "; jmp end; d: " + data);
        assertThat(b.value(0)).isEqualTo(value);
        assertThat(b.exceptions()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fst dword [0x9000] | c1480000 | 00000000 | 00000000",
                "fstp dword [0x9000] | c1480000 | 00000000 | 00000000",
                "fst qword [0x9000] | 00000000 | c0290000 | 00000000",
                "fstp tword [0x9000] | 00000000 | c8000000 | 0000c002",
                "fist word [0x9000] | 0000fff4 | 00000000 | 00000000",
                "fist dword [0x9000] | fffffff4 | 00000000 | 00000000",
                "fistp qword [0x9000] | fffffff4 | ffffffff | 00000000",
                "fbstp [0x9000] | 00000012 | 00000000 | 00008000"
            })
    void storesEveryFormat(String store, String first, String second, String third) {
        FpuBench b = FpuBench.run("fninit; fld dword [d];" + store + "; jmp end; d: dd -12.5");
        assertThat(hex(b, 0)).isEqualTo(first);
        assertThat(hex(b, 4)).isEqualTo(second);
        assertThat(hex(b, 8)).isEqualTo(third);
    }

    private static String hex(FpuBench b, int offset) {
        return String.format("%08x", b.dword(FpuBench.DATA + offset));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fstp dword [0x9000] | ffc00000 | 00000000 | 00000000",
                "fstp qword [0x9000] | 00000000 | fff80000 | 00000000",
                "fstp tword [0x9000] | 00000000 | c0000000 | 0000ffff",
                "fistp word [0x9000] | 00008000 | 00000000 | 00000000",
                "fistp dword [0x9000] | 80000000 | 00000000 | 00000000",
                "fistp qword [0x9000] | 00000000 | 80000000 | 00000000",
                "fbstp [0x9000] | 00000000 | c0000000 | 0000ffff"
            })
    void anEmptyRegisterIsStoredAsIndefinite(String store, String first, String second, String third) {
        FpuBench b = FpuBench.run("fninit;" + store);
        assertThat(hex(b, 0)).isEqualTo(first);
        assertThat(hex(b, 4)).isEqualTo(second);
        assertThat(hex(b, 8)).isEqualTo(third);
        assertThat(b.exceptions()).isEqualTo(0x41);
        assertThat(b.top()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fstp dword [0x9000]", "fistp word [0x9000]", "fbstp [0x9000]"})
    void whatDoesNotFitAndIsNotMaskedIsNotStored(String store) {
        FpuBench b = FpuBench.run("fninit; push 0x372; fldcw [esp]; push 9000; fild dword [esp]; fld1; fscale;"
                + "mov dword [0x9000], 0x1234;" + store);
        assertThat(b.dword(FpuBench.DATA)).isEqualTo(0x1234);
        assertThat(b.top()).isEqualTo(6);
        assertThat(b.status() & 0x8000).isEqualTo(0x8000);
        assertThat(b.exceptions() & 0x20).as("inexactness is not reported").isZero();
    }

    /** Pages at 9000h not present, at A000h read-only with CR0.WP; page faults go to the handler. */
    private static FpuBench paged(String source) {
        FpuBench b = new FpuBench(source);
        TestBoard board = b.board;
        board.tables();
        board.gate(GuestFault.PF, HANDLER, 0);
        board.gate(GuestFault.GP, HANDLER, 0);
        board.load(0xE800, "0F0115002F0000 0F011D062F0000");
        board.cpu.setEip(0xE800);
        board.steps(2);
        board.pageTables();
        board.cpu.setControl(0, 0x8001_0011);
        board.store(0x11000 + 4 * 9, 0x9000 | 6);
        board.store(0x11000 + 4 * 10, 0xA000 | 5);
        board.cpu.setEip(TestBoard.CODE);
        return b;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fld dword [0x9000]",
                "fld qword [0x8FFC]",
                "fld tword [0x8FF8]",
                "fadd qword [0x8FFC]",
                "fistp qword [0xA000]",
                "fstp qword [0x9FFC]",
                "fstp tword [0x9FF8]",
                "fbstp [0x9FF8]",
                "fst dword [0xA000]",
                "fnsave [0x9FF0]",
                "frstor [0x8FF0]",
                "fldenv [0x8FFC]",
                "fnstenv [0x9FFC]",
                "fldcw [0x9000]",
                "fnstsw [0xA000]"
            })
    void faultsOfMemoryLeaveRegistersAndMemoryAsTheyWere(String operation) {
        FpuBench b =
                paged("fninit; fld1; fldpi; faulting: " + operation + "; end_:").to("faulting");
        String before = state(b);
        b.board.store(0x8FFC, 0x55555555);
        b.board.steps(1);
        assertThat(b.board.cpu.eip()).isEqualTo(HANDLER);
        assertThat(state(b)).isEqualTo(before);
        assertThat(b.dword(0x8FFC)).isEqualTo(0x55555555);
        assertThat(b.dword(0x9FF8)).as("no half of a store").isZero();
        assertThat(b.dword(0x9FFC)).isZero();
    }

    private static String state(FpuBench b) {
        return String.format("%x %x %x %s %s", b.control(), b.status(), b.tagWord(), b.st(0), b.st(1));
    }

    @Test
    void segmentLimitsHoldForWholeOperands() {
        FpuBench b = paged("fninit; fld1; faulting: fstp qword [0xBFFC]").to("faulting");
        b.board.cpu.setSegment(Cpu.DS, 16, 0, 0xBFFF, 0x4093);
        b.board.steps(1);
        assertThat(b.board.cpu.eip()).isEqualTo(HANDLER);
        assertThat(b.dword(0xBFFC)).isZero();
        assertThat(b.top()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DB2D 04600000 | true", // fld tword [6004h]
                "DD05 04600000 | true", // fld qword
                "DD05 08600000 | false",
                "D905 04600000 | false", // fld dword
                "D905 02600000 | true",
                "DD35 04600000 | false", // fnsave
                "DD35 02600000 | true",
                "66DD35 02600000 | false"
            })
    void alignmentIsCheckedByFormat(String hex, boolean faults) {
        TestBoard board = TestBoard.inRing3("36" + hex);
        board.gate(GuestFault.AC, HANDLER, 0);
        board.cpu.setControl(0, 0x4_0011);
        board.cpu.setEflags(board.cpu.eflags() | Flags.AC);
        board.steps(1);
        assertThat(board.cpu.eip() == HANDLER).isEqualTo(faults);
    }
}
