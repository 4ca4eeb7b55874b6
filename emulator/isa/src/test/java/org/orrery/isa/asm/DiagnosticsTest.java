package org.orrery.isa.asm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.orrery.isa.elf.ElfImage;

/** Errors say where, and what was expected. */
class DiagnosticsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '$',
            value = {
                "mov eax, [ebx            | 14: expected ] at the end of a memory operand, found the end of the line",
                "mov eax, [ebx+           | 15: expected an expression, found the end of the line",
                "mov eax, [ax+bx]         | 10: no 16-bit address adds AX and BX",
                "mov eax, [ebx+bx]        | 10: an address cannot mix 16-bit and 32-bit registers",
                "mov eax, [ebx*7]         | 10: an index is scaled by 1, 2, 4 or 8, not 7",
                "mov eax, [esp*2]         | 10: ESP cannot be an index",
                "mov eax, [ebx+ecx+edx]   | 10: an address adds at most two registers",
                "mov eax, [cr0]           | 10: CR0 cannot be part of an address",
                "mov eax, ebx+5           | 10: an address with registers stands in [ ]",
                "mov eax, bx              | 1: no form of MOV takes eax, bx",
                "mov [ebx], 5             | 1: the size of the operation is not clear: byte, word or dword?",
                "push [ebx]               | 1: the size of the operation is not clear: byte, word or dword?",
                "lgdt eax                 | 1: no form of LGDT takes eax",
                "mov                      | 1: MOV needs operands",
                "mov eax, 5 5             | 12: unexpected '5' after the statement",
                "frob eax                 | 1: unknown instruction 'frob'",
                "eax: nop                 | 1: 'eax' is a register, not a label",
                "jmp short $+1000         | 11: the target is 998 bytes away, too far for a short jump",
                "db 'abc                  | 4: string without its closing '",
                "dd 1/0                   | 1: division by zero",
                "dd 12q8                  | 4: '12q8' is not a number",
                "dd 0x1FFFFFFFFFFFFFFFF   | 4: '0x1FFFFFFFFFFFFFFFF' does not fit in 64 bits",
                "dd undefined_symbol      | 1: symbol 'undefined_symbol' is not defined",
                "a: a: nop                | 4: unknown instruction 'a'",
                "times -1 nop             | 1: times takes a count from 0 to 16777216, not -1",
                "times later nop          | 1: expected a plain number, but it depends on a symbol that is defined later",
                "resb here                | 6: expected a plain number, but it depends on an address",
                "align 3                  | 7: an alignment is a power of two up to 16777216, not 3",
                "bits 64                  | 6: bits takes 16 or 32",
                "section .text what       | 15: unknown attribute 'what' of a section",
                "extern printf            | 8: extern has no place in a complete program",
                "iend                     | 5: iend without istruc",
                "incbin 'missing'         | 8: file 'missing' not found",
                "layout nothing           | 8: layout file 'nothing.layout' not found",
                "layout other, 'l.layout' | 8: l.layout has no structure 'other'",
                "layout bad, 'b.layout'   | 8: b.layout:2: expected 'FIELD TYPE [COUNT] [at OFFSET]'",
                "debug abi                | 10: expected , between key and value, found the end of the line",
                "debug abi, ''             | 12: expected a value on one line",
                "phase `a\\n`              | 7: expected the name of a phase on one line",
                "equ 5                    | 1: equ without a name before it",
                "loop here, ax            | 1: the counter is CX or ECX, not AX",
                "fadd eax                 | 1: no form of FADD takes eax",
                "mov eax, {               | 10: expected an expression, found '{'",
                "dw 1.5                   | 4: a floating-point number takes dd, dq or dt",
                "db 1 @ 2                 | 6: unexpected '@' after the statement",
                "%error some text         | 1: some text",
                "%error 'some text'       | 1: some text",
                "%frob                    | 1: unknown preprocessor directive %frob",
                "%else                    | 1: %else without %if",
                "%endif                   | 1: %endif without %if",
                "%if                      | 1: expected a number",
                "%if later                | 5: expected a plain number, but it depends on a symbol that is not yet defined",
                "%assign x here           | 11: expected a plain number, but it depends on an address",
                "%if 1                    | 1: %if without %endif before the end of t.asm",
                "%macro x                 | 1: %macro without %endmacro",
                "%macro                   | 7: expected the name of a macro, found the end of the line",
                "%rep 3                   | 1: %rep without %endrep",
                "%rep 9999999             | 6: %rep repeats more than 1000000 times",
                "%exitrep                 | 1: %exitrep outside of %rep",
                "%rotate 1                | 9: %rotate outside of %macro",
                "%include missing         | 10: expected a file name in quotes, found 'missing'",
                "%include 'missing'       | 10: file 'missing' not found",
                "%pop                     | 1: no context is open here",
                "%ifidn a                 | 1: expected two texts with a comma between them",
                "%substr x 5              | 11: expected a string, found '5'",
                "mov eax, %1              | 10: expected an expression, found '%1'",
                "two 1                    | 1: macro two takes 2 arguments, not 1",
            })
    void nameTheColumn(String line, String message) {
        Map<String, String> files = Map.of(
                "t.asm", "bits 32\n%macro two 2\n%endmacro\nhere:\n" + line + "\nlater equ 5\n",
                "l.layout", "struct tcb\nend\n",
                "b.layout", "struct bad\nx\nend\n");
        AssemblyException e = catchThrowableOfType(AssemblyException.class, () -> Sources.assemble(files));
        assertThat(e).as(line).isNotNull();
        assertThat(e.getMessage().lines().findFirst().orElse(""))
                .as(line)
                .matches("t.asm:\\d+:.*")
                .endsWith(":" + message);
    }

    @Test
    void ofMacrosNameTheOutermostLineAndTheInnermostMacro() {
        assertThatThrownBy(() -> Sources.assemble(
                        "%macro inner 1",
                        "mov eax, %1",
                        "%endmacro",
                        "%macro outer 1",
                        "nop",
                        "inner %1",
                        "%endmacro",
                        "bits 32",
                        "  outer bl"))
                .hasMessage("t.asm:9:3: no form of MOV takes eax, bl (in macro inner (t.asm:2))");
    }

    @Test
    void inIncludedFilesNameThatFile() {
        Map<String, String> files = Map.of("t.asm", "nop\n%include 'x.inc'\n", "x.inc", "nop\n\n  bad\n");
        assertThat(Sources.assemble(files).warnings())
                .extracting(Diagnostic::toString)
                .containsExactly("x.inc:3:3: warning: label 'bad' alone on a line without a colon");
    }

    @Test
    void stopAfterTwenty() {
        AssemblyException e =
                catchThrowableOfType(AssemblyException.class, () -> Sources.assemble("frob 1\n".repeat(100)));
        assertThat(e.diagnostics()).hasSize(20);
    }

    @Test
    void areCollectedInTheOrderOfTheSource() {
        AssemblyException e = catchThrowableOfType(
                AssemblyException.class,
                () -> Sources.assemble("jmp nowhere", "frob", "x:", "x:", "frob 1", "jmp short $+999"));
        assertThat(e.diagnostics()).extracting(d -> d.location().line()).containsExactly(1, 2, 4, 5, 6);
    }

    @Test
    void ofSectionsThatOverlapOrFollowThemselves() {
        assertThatThrownBy(() -> Sources.assemble("section a start=16", "dd 1", "section b start=18", "dd 2"))
                .hasMessageContaining("section b starts before the end of the section before it");
        assertThatThrownBy(() -> Sources.assemble("section a vfollows=b", "dd 1", "section b vfollows=a", "dd 2"))
                .hasMessageContaining("follows itself");
    }

    @Test
    void ofGapsTooLongForAFlatBinary() {
        Assembly assembly = Sources.assemble("dd 1", "section far start=0x10000000", "dd 2");
        assertThat(ElfImage.read(assembly.toElf(), "t").segments()).hasSize(2);
        assertThatThrownBy(assembly::toFlat)
                .isInstanceOf(AssemblyException.class)
                .hasMessageStartingWith("t.asm:1:1: section far lies 268435456 bytes after the first");
    }

    @Test
    void warnOfNumbersThatDoNotFit() {
        assertThat(Sources.assemble("bits 32", "mov al, 300", "db -129, 256, 255, -128", "%warning careful")
                        .warnings())
                .extracting(Diagnostic::toString)
                .containsExactly(
                        "t.asm:2:9: warning: 300 does not fit in a byte",
                        "t.asm:3:4: warning: -129 does not fit in a byte",
                        "t.asm:3:10: warning: 256 does not fit in a byte",
                        "t.asm:4:1: warning: careful");
    }

    @Test
    void ofEndlessIncludesAndTooManyBytes() {
        assertThatThrownBy(() -> Sources.assemble("%include 't.asm'")).hasMessageContaining("nests more than 200 deep");
        assertThatThrownBy(() -> Sources.assemble("times 16777216 db 'abcdefgh'"))
                .hasMessage("t.asm:1:1: section .text grows beyond 67108864 bytes");
    }
}
