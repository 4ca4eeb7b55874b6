package org.orrery.isa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisassemblerTest {
    private static Disassembly disassemble(String hex, boolean code32, int address, SymbolNamer namer) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return new Disassembler(InstructionSet.i486(), namer).disassemble(bytes, 0, bytes.length, code32, address);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8B 44 8B 10           | mov eax,[ebx+ecx*4+0x10]",
                "2E 8B 80 FF FF FF FF  | mov eax,[cs:eax-0x1]",
                "67 8B 42 80           | mov eax,[bp+si-0x80]",
                "67 A1 00 80           | mov eax,[word 0x8000]",
                "C7 04 24 7F 00 00 00  | mov dword [esp],0x7f",
                "66 83 00 FF           | add word [eax],byte -0x1",
                "F0 0F B1 08           | lock cmpxchg [eax],ecx",
                "F3 A5                 | rep movsd",
                "F3 66 A7              | repe cmpsw",
                "64 A4                 | fs movsb",
                "66 FF 18              | call word far [eax]",
                "9A 78 56 34 12 08 00  | call 0x8:0x12345678",
                "66 C3                 | retw",
                "60                    | pusha",
                "66 0F 01 E0           | smsw ax",
                "66 C9                 | o16 leave",
                "D4 0A                 | aam",
                "0F 20 1D              | mov ebp,cr3",
                "D8 C1                 | fadd st1",
                "DC C1                 | fadd to st1",
                "DE C1                 | faddp st1",
                "DB 2C 24              | fld tword [esp]",
                "C8 10 00 01           | enter 0x10,0x1",
            })
    void writesNasmSyntaxIn32BitCode(String hex, String text) {
        assertThat(disassemble(hex, true, 0, null).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8B 40 02              | mov ax,[bx+si+0x2]",
                "66 60                 | pushad",
                "67 66 8B 05 34 12 00 00 | mov eax,[dword 0x1234]",
                "66 EA 78 56 34 12 08 00 | jmp dword 0x8:0x12345678",
                "67 E2 FE              | loop 0x1,ecx",
            })
    void writesNasmSyntaxIn16BitCode(String hex, String text) {
        assertThat(disassemble(hex, false, 0, null).text()).isEqualTo(text);
    }

    @Test
    void countsBranchTargetsFromTheEndOfTheInstruction() {
        assertThat(disassemble("EB FE", true, 0x100000, null).text()).isEqualTo("jmp short 0x100000");
        assertThat(disassemble("74 80", false, 0x10, null).text()).isEqualTo("jz 0xff92");
        assertThat(disassemble("66 E8 FE FF", true, 0x10000, null).text()).isEqualTo("call word 0x2");
    }

    @Test
    void namesBranchTargetsAndAbsoluteAddresses() {
        SymbolNamer namer = address -> address == 0x100010 ? "schedule" : null;
        assertThat(disassemble("E8 0B 00 00 00", true, 0x100000, namer).text()).isEqualTo("call schedule");
        assertThat(disassemble("A1 10 00 10 00", true, 0, namer).text()).isEqualTo("mov eax,[schedule]");
        assertThat(disassemble("FF 25 10 00 10 00", true, 0, namer).text()).isEqualTo("jmp [schedule]");
        assertThat(disassemble("B8 10 00 10 00", true, 0, namer).text()).isEqualTo("mov eax,0x100010");
        assertThat(disassemble("E8 0C 00 00 00", true, 0x100000, namer).text()).isEqualTo("call 0x100011");
    }

    @Test
    void writesABytePerLineWhereNoInstructionBegins() {
        assertThat(disassemble("0F 0B", true, 0, null)).isEqualTo(new Disassembly(1, "db 0x0f"));
        assertThat(disassemble("E8 00", true, 0, null)).isEqualTo(new Disassembly(1, "db 0xe8"));
    }
}
