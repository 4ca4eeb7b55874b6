package org.orrery.isa.asm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.orrery.isa.debug.DebugInfo;
import org.orrery.isa.elf.ElfImage;

class AssemblerTest {
    @Test
    void shortJumpsGrowUntilTheyReach() {
        assertThat(Sources.hex("bits 32", "jmp x", "times 10 nop", "x:")).startsWith("EB0A90");
        assertThat(Sources.hex("bits 32", "jmp x", "times 200 nop", "x:")).startsWith("E9C800000090");
        assertThat(Sources.hex("bits 16", "jz x", "times 200 nop", "x:")).startsWith("0F84C80090");
    }

    @Test
    void localLabelsBelongToTheLabelBefore() {
        assertThat(Sources.hex("bits 32", "a:", ".x: jmp .x", "b:", ".x: jmp .x", "jmp a.x"))
                .isEqualTo("EBFEEBFEEBFA");
    }

    @Test
    void aShortJumpBehindCodeThatShrinksReachesItsTarget() {
        String shrinking = "add eax, constant\n".repeat(90);
        assertThat(Sources.hex("bits 32", shrinking + "jecxz there", "nop", "there:", "constant equ 1"))
                .endsWith("E30190");
    }

    @Test
    void phasesLayoutsAndPropertiesReachTheDebugInformation() {
        Map<String, String> files = Map.of("t.asm", """
                bits 32
                org 0x1000
                layout tcb
                debug abi, "l4-v2"
                _start: nop
                phase "check message"
                mov eax, [ebx + tcb.stack]
                phase
                mov ecx, tcb_size
                """, "tcb.layout", """
                struct tcb     ; a thread
                  state byte
                  stack dword at 4
                end
                """);
        DebugInfo info = ElfImage.read(Sources.assemble(files).toElf(), "t").debugInfo();
        assertThat(info.phases()).containsExactly(new DebugInfo.Phase("check message", 0x1001, 0x1004));
        assertThat(info.layout("tcb").orElseThrow().offset("stack")).isEqualTo(4);
        assertThat(info.properties()).containsEntry("abi", "l4-v2");
        assertThat(info.describe(0x1002)).isEqualTo("_start+0x2");
        assertThat(info.lineAt(0x1002).orElseThrow().line()).isEqualTo(7);
    }

    @Test
    void errorsNameFileLineAndColumn() {
        assertThatThrownBy(() -> Sources.assemble("bits 32", "  mov [ebx], 5", "  mov eax, nowhere", "  frob eax"))
                .isInstanceOf(AssemblyException.class)
                .hasMessage("""
                        t.asm:2:3: the size of the operation is not clear: byte, word or dword?
                        t.asm:3:12: symbol 'nowhere' is not defined
                        t.asm:4:3: unknown instruction 'frob'""");
    }
}
