package org.orrery.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;

/** The environment and the whole state in memory: four layouts, and the way back. */
class FpuEnvironmentTest {
    private static final String SETUP = "fninit; push 0x27F; fldcw [esp]; fldz; fld1; last: fadd dword [0x9100];";

    @Test
    void protectedModeWith32Bits() {
        FpuBench b = FpuBench.run(SETUP + "fnstenv [0x9000]");
        assertThat(b.dword(0x9000)).isEqualTo(0xFFFF027F);
        assertThat(b.dword(0x9004)).as("top is 6").isEqualTo(0xFFFF3000);
        assertThat(b.dword(0x9008)).as("valid, zero").isEqualTo(0xFFFF4FFF);
        int last = b.dword(0x900C);
        assertThat(b.board.memory.peek8(last) & 0xFF).isEqualTo(0xD8);
        assertThat(b.dword(0x9010)).as("opcode D8 05, CS").isEqualTo(0x0005_0008);
        assertThat(b.dword(0x9014)).isEqualTo(0x9100);
        assertThat(b.dword(0x9018)).isEqualTo(0xFFFF0010);
    }

    @Test
    void protectedModeWith16Bits() {
        FpuBench b = FpuBench.run(SETUP + "o16 fnstenv [0x9000]");
        assertThat(b.word(0x9000)).isEqualTo(0x27F);
        assertThat(b.word(0x9002)).isEqualTo(0x3000);
        assertThat(b.word(0x9004)).isEqualTo(0x4FFF);
        assertThat(b.board.memory.peek8(b.word(0x9006)) & 0xFF).isEqualTo(0xD8);
        assertThat(b.word(0x9008)).as("CS").isEqualTo(8);
        assertThat(b.word(0x900A)).isEqualTo(0x9100);
        assertThat(b.word(0x900C)).as("DS").isEqualTo(0x10);
        assertThat(b.dword(0x900E)).as("nothing beyond 14 bytes").isZero();
    }

    /** Real mode, code at 1100:0010, operand at 1230:0100, environment at 9000h. */
    private static TestBoard real(String source) {
        TestBoard board = new TestBoard();
        board.cpu.setSegment(Cpu.CS, 0x1100, 0x11000, 0xFFFF, 0x9B);
        board.cpu.setSegment(Cpu.DS, 0x1230, 0x12300, 0xFFFF, 0x93);
        board.cpu.setSegment(Cpu.ES, 0x900, 0x9000, 0xFFFF, 0x93);
        byte[] code = FpuBench.assemble(16, source).toFlat();
        board.memory.load(0x11010, code);
        board.cpu.setEip(0x10);
        return board;
    }

    @Test
    void realModeWith16BitsHasLinearAddressesOf20Bits() {
        TestBoard board = real("fninit; fadd dword [0x100]; fnstenv [es:0]").steps(3);
        PhysicalMemory m = board.memory;
        assertThat(m.peek32(0x9000)).isEqualTo(0x0041_037F);
        assertThat(m.peek32(0x9004)).as("FADD at 11012h").isEqualTo(0x1012_FFFE);
        assertThat(m.peek32(0x9008)).as("opcode 006h, operand at 12400h").isEqualTo(0x2400_1006);
        assertThat(m.peek32(0x900C) & 0xFFFF).isEqualTo(0x1000);
    }

    @Test
    void realModeWith32BitsHasLinearAddressesToo() {
        TestBoard board = real("fninit; fadd dword [0x100]; o32 fnstenv [es:0]").steps(3);
        PhysicalMemory m = board.memory;
        assertThat(m.peek32(0x900C)).isEqualTo(0xFFFF_1012);
        assertThat(m.peek32(0x9010)).as("1 << 12 and the opcode").isEqualTo(0x0000_1006);
        assertThat(m.peek32(0x9014)).isEqualTo(0xFFFF_2400);
        assertThat(m.peek32(0x9018)).isEqualTo(0x0000_1000);
    }

    @Test
    void virtual8086ModeHasTheLayoutOfRealMode() {
        TestBoard board =
                TestBoard.withTables("6A00 6A00 6800070000 6A00 6800060000 6800010000 6802320200 6800050000 6A00 CF");
        board.load(0x5000, "9B DBE3 D8061000 D93600 01");
        board.steps(10).steps(4);
        assertThat(board.memory.peek32(0x7104)).as("code at 5003h").isEqualTo(0x5003_FFFE);
        assertThat(board.memory.peek32(0x7108)).as("operand at 7010h").isEqualTo(0x7010_0006);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "o16 "})
    void savedStateComesBack(String size) {
        FpuBench b = new FpuBench("fninit; push 0x27F; fldcw [esp]; fldpi; fld1; fldl2e; fchs;" + size
                + "fnsave [0x9000]; saved: fldz; fldz;" + size + "frstor [0x9000]");
        b.to("saved");
        assertThat(b.tagWord()).as("FNSAVE initializes").isEqualTo(0xFFFF);
        assertThat(b.control()).isEqualTo(0x37F);
        b.toEnd();
        assertThat(b.control()).isEqualTo(0x27F);
        assertThat(b.top()).isEqualTo(5);
        assertThat(b.tagWord()).isEqualTo(0x03FF);
        assertThat(b.st(0)).isEqualTo("bfff:b8aa3b295c17f0bc");
        assertThat(b.st(1)).isEqualTo(FpuBench.ONE);
        assertThat(b.st(2)).isEqualTo("4000:c90fdaa22168c235");
    }

    @Test
    void loadedEnvironmentsCountOnlyEmptyTags() {
        FpuBench b = FpuBench.run("fninit; fld1; fnstenv [0x9000]; mov word [0x9008], 0x6FFF; fldenv [0x9000]");
        assertThat(b.tagWord()).as("what is there is a valid number and a zero").isEqualTo(0x1FFF);
    }

    @Test
    void storingTheEnvironmentMasksAllExceptions() {
        FpuBench b = FpuBench.run("fninit; push 0x340; fldcw [esp]; fnstenv [0x9000]");
        assertThat(b.word(0x9000)).isEqualTo(0x340);
        assertThat(b.control()).isEqualTo(0x37F);
    }

    @Test
    void controlInstructionsLeaveThePointersAlone() {
        FpuBench b = FpuBench.run(SETUP + "push 0x37F; fldcw [esp]; fnstsw ax; wait; fnclex; fnstenv [0x9000]");
        assertThat(b.dword(0x9010)).isEqualTo(0x0005_0008);
        assertThat(b.dword(0x9014)).isEqualTo(0x9100);
    }

    @Test
    void unusedControlBitsDoNotStick() {
        assertThat(FpuBench.run("fninit; push 0xFFFF; fldcw [esp]").control()).isEqualTo(0x1F7F);
        assertThat(FpuBench.run("fninit; push 0; fldcw [esp]").control()).isEqualTo(0x40);
    }

    @Test
    void theMachineStateHoldsTheX87() {
        FpuBench b = FpuBench.run(SETUP + "fldpi; fninit; fldl2t; fld1; fdiv st0,st1");
        StateWriter out = new StateWriter();
        b.board.cpu.save(out);
        TestBoard copy = new TestBoard();
        copy.cpu.load(new StateReader(out.toByteArray()));
        StateWriter again = new StateWriter();
        copy.cpu.save(again);
        assertThat(again.toByteArray()).isEqualTo(out.toByteArray());
    }
}
