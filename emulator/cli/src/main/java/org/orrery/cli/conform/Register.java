package org.orrery.cli.conform;

import org.orrery.cpu.Cpu;

/** The registers of a capture, in the order of the bits of its register mask. */
enum Register {
    AX(Cpu.EAX),
    BX(Cpu.EBX),
    CX(Cpu.ECX),
    DX(Cpu.EDX),
    CS(Cpu.CS),
    SS(Cpu.SS),
    DS(Cpu.DS),
    ES(Cpu.ES),
    SP(Cpu.ESP),
    BP(Cpu.EBP),
    SI(Cpu.ESI),
    DI(Cpu.EDI),
    IP(-1),
    FLAGS(-1);

    /** On a 16-bit processor in real mode, flags above these are always zero. */
    static final int FLAGS_OF_REAL_MODE = 0x0FFF;

    static final int INTERRUPT_AND_TRAP_FLAGS = 0x300;

    /** The number of the general or segment register in the i486's encoding. */
    final int number;

    Register(int number) {
        this.number = number;
    }

    boolean segment() {
        return this == CS || this == SS || this == DS || this == ES;
    }

    boolean general() {
        return number >= 0 && !segment();
    }
}
