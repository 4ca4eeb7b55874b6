package org.orrery.cpu;

/**
 * The integer operations on values, without a place to put them: each takes operands, sets {@link Flags} and returns the result.
 * Widths are given as {@code shift}, 32 minus the number of bits: 0, 16 or 24. Bits of operands and results above the width mean
 * nothing.
 */
final class Alu {
    /** The eight operations in the order of the opcode map and of the reg field of group 1, and TEST. */
    static final int ADD = 0;

    static final int OR = 1;
    static final int ADC = 2;
    static final int SBB = 3;
    static final int AND = 4;
    static final int SUB = 5;
    static final int XOR = 6;
    static final int CMP = 7;
    static final int TEST = 8;

    private Alu() {}

    static int operate(Flags f, int operation, int a, int b, int shift) {
        return switch (operation) {
            case ADD -> add(f, a, b, 0, shift);
            case OR -> logic(f, a | b, shift);
            case ADC -> add(f, a, b, f.carryBit(), shift);
            case SBB -> subtract(f, a, b, f.carryBit(), shift);
            case SUB, CMP -> subtract(f, a, b, 0, shift);
            case XOR -> logic(f, a ^ b, shift);
            default -> logic(f, a & b, shift);
        };
    }

    static int add(Flags f, int a, int b, int carry, int shift) {
        int r = a + b + carry;
        f.set(r, a & b | (a | b) & ~r, shift);
        return r;
    }

    static int subtract(Flags f, int a, int b, int borrow, int shift) {
        int r = a - b - borrow;
        f.set(r, ~a & b | ~(a ^ b) & r, shift);
        return r;
    }

    static int logic(Flags f, int r, int shift) {
        f.setLogic(r, shift);
        return r;
    }

    static int increment(Flags f, int a, int shift) {
        int r = a + 1;
        f.setKeepingCarry(r, a & ~r, shift);
        return r;
    }

    static int decrement(Flags f, int a, int shift) {
        int r = a - 1;
        f.setKeepingCarry(r, ~a & r, shift);
        return r;
    }

    static int negate(Flags f, int a, int shift) {
        return subtract(f, 0, a, 0, shift);
    }
}
