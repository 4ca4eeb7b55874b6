package org.orrery.isa.asm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.orrery.isa.asm.CodeOperand.imm;
import static org.orrery.isa.asm.CodeOperand.mem;
import static org.orrery.isa.asm.CodeOperand.sym;
import static org.orrery.isa.asm.Register.EAX;
import static org.orrery.isa.asm.Register.EBX;
import static org.orrery.isa.asm.Register.ECX;
import static org.orrery.isa.asm.Register.ES;

import org.junit.jupiter.api.Test;

class CodeBuilderTest {
    private static CodeBuilder program() {
        return new CodeBuilder()
                .bits(32)
                .org(0x1000)
                .equ("tcb.state", imm(8))
                .label("wait")
                .ins("cmp", mem(EBX, sym("tcb.state")).sized(4), imm(-1))
                .ins("je", sym("wait"))
                .ins("lea", EAX, mem(EBX, ECX, 4, sym("table").plus(-4)))
                .ins("rep movsb")
                .phase("check message")
                .ins("push", ES)
                .ins("mov", EAX, mem("table"))
                .endPhase()
                .align(16)
                .label("table")
                .dd(sym("wait"), imm(5))
                .dw(imm(6))
                .db(imm(7), imm(0xFF));
    }

    @Test
    void givesTheBytesOfTheSourceThatItStandsFor() {
        String source = """
                bits 32
                org 0x1000
                wait_: cmp dword [ebx+8], -1
                je wait_
                lea eax, [ebx+ecx*4+table-4]
                rep movsb
                push es
                mov eax, [table]
                align 16
                table: dd wait_, 5
                dw 6
                db 7, 255
                """;
        assertThat(program().assemble().toFlat())
                .isEqualTo(Sources.assemble(source).toFlat());
    }

    @Test
    void keepsPhases() {
        assertThat(program().assemble().debugInfo().phases()).hasSize(1);
    }

    @Test
    void namesTheLineOfAnError() {
        CodeBuilder wrong = new CodeBuilder().bits(32).ins("mov", EAX, Register.BX);
        assertThatThrownBy(wrong::assemble).hasMessage("generated:2:9: no form of MOV takes eax, bx");
    }
}
