package org.orrery.cpu;

import org.orrery.isa.Form;
import org.orrery.isa.Instruction;

/**
 * One decoded instruction in the shape that the engine executes: what the {@link Translator} worked out once, so that the loop need not.
 * Never changed after translation, but for {@link #next}.
 */
final class Uop {
    /** What to do: a constant of {@link Op}. */
    int op;
    /** Bytes, prefixes included. */
    int length;
    /** Clocks charged always; a form whose clocks depend on more charges the rest itself. */
    int clocks;
    /** Its bytes lie in more than one line of the cache. */
    boolean crossesLine;
    /** Prefix bytes. */
    int prefixes;
    /** Clocks in the first and in the second decoding stage. */
    int d1 = 1;

    int d2 = 1;
    /** Bits of {@link Pipeline#history} on which the instruction has to be looked at more closely before it enters EX. */
    long needs;
    /** What it adds to that history. */
    long writes = Pipeline.ENTRY;
    /** Registers, a bit each, that form an address before EX. */
    int address;
    /** Registers, a bit each, that are read as a whole. */
    int sources;
    /** It addresses memory through a register before EX. */
    boolean addressesMemory;
    /** For branches: what being taken costs beyond {@link #clocks}. */
    int taken;
    /** Width of the operands. */
    int bits;
    /** 32 less {@link #bits}, as {@link Alu} wants it. */
    int shift;
    /** Register operands. */
    int dst;

    int src;
    /** Memory operand: segment register, base, index (8 for none), scale, displacement, mask of the address size. */
    int seg;

    int base = Instruction.NO_REGISTER;
    int index = Instruction.NO_REGISTER;
    int scale;
    int disp;
    int mask = ~0;

    int imm;
    int imm2;
    /** Sub-operation: an {@link Alu} or {@link Shifts} operation, or a condition. */
    int sub;

    /** The operand size is 32 bits, whatever {@link #bits} is by the kind of the operands. */
    boolean wide;
    /** REP prefix byte or 0. */
    int rep;
    /** There is a ModR/M memory operand. */
    boolean memory;
    /** Of {@link Op#LOCKED}: what is done while the bus is locked. {@link #imm2} is what {@link Bus#lock} wants. */
    Uop unlocked;

    Form form;

    /** The instruction that follows it in the line of its last byte, if that is decoded and has been executed behind it. */
    Uop next;
}
