package org.orrery.isa;

/**
 * The kinds of operands, in the notation of the manual's opcode map. The first letter says where the operand is, the rest its
 * size: {@code b} byte, {@code w} word, {@code d} dword, {@code v} word or dword by operand size, {@code p} far pointer, {@code a} pair of
 * words or dwords, {@code s} six-byte table pointer.
 */
public enum Operand {
    // spotless:off
    /** Register or memory by ModR/M. */
    EB, EW, ED, EV,
    /** General register by the reg field. */
    GB, GW, GD, GV,
    /** General register by the low opcode bits. */
    ZB, ZV,
    /** Immediate of its own size; {@code IBS} is a byte sign-extended to the operand size. */
    IB, IW, IV, IBS,
    /** Relative branch target. */
    JB, JV,
    /** Far pointer in the instruction. */
    AP,
    /** Memory only by ModR/M: any, far pointer, bound pair, table pointer; x87 sizes. */
    M, MP, MA, MS, MW, MD, MQ, MT, MR4, MR8, MENV, MSAVE,
    /** Memory at an absolute offset. */
    OB, OV,
    /** General register by the rm field where only registers are allowed. */
    RD,
    /** Segment, control, debug or test register by the reg field. */
    SW, CD, DD, TD,
    /** String operands at DS:(E)SI and ES:(E)DI. */
    XB, XV, YB, YV,
    /** Fixed registers and constants. */
    AL, AX, EAX_V, CL, DX, ONE, THREE, ES, CS, SS, DS, FS, GS,
    /** x87 stack top and stack register by the rm field. */
    ST, STI
    // spotless:on
}
