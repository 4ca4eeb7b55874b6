package org.orrery.cpu;

import org.orrery.isa.Operand;

/** BT, BTS, BTR, BTC, BSF and BSR. */
final class BitOps {
    static final int TEST = 0;
    static final int SET = 1;
    static final int RESET = 2;
    static final int COMPLEMENT = 3;

    private final Core c;

    BitOps(Core core) {
        c = core;
    }

    private static boolean immediate(Uop u) {
        return u.form.operands().get(1) == Operand.IB;
    }

    private int apply(Uop u, int value, int bit) {
        c.flags.setCarry((value >>> bit & 1) != 0);
        return switch (u.sub) {
            case SET -> value | 1 << bit;
            case RESET -> value & ~(1 << bit);
            default -> value ^ 1 << bit;
        };
    }

    void register(Uop u) {
        int bit = (immediate(u) ? u.imm : c.r[u.src]) & u.bits - 1;
        int value = c.reg(u.dst, u.bits);
        if (u.sub == TEST) {
            c.flags.setCarry((value >>> bit & 1) != 0);
        } else {
            c.setReg(u.dst, u.bits, apply(u, value, bit));
        }
    }

    /** With a register as bit number, memory is a bit string that reaches both ways from the address. */
    void memory(Uop u, int address) {
        int number = immediate(u) ? u.imm & u.bits - 1 : c.r[u.src] << u.shift >> u.shift;
        int bit = number & u.bits - 1;
        int at = address + (number - bit >> 3) & u.mask;
        if (u.sub == TEST) {
            c.flags.setCarry((c.read(u.seg, at, u.bits) >>> bit & 1) != 0);
        } else {
            int value = c.update(u.seg, at, u.bits);
            c.write(u.seg, at, u.bits, apply(u, value, bit));
        }
    }

    /** A source of zero sets ZF and leaves the destination. */
    void scanForward(Uop u, int source) {
        int value = source << u.shift >>> u.shift;
        if (value != 0) {
            c.setReg(u.dst, u.bits, Integer.numberOfTrailingZeros(value));
        }
        c.flags.setZero(value == 0);
        Timing.scanForward(c, u, value);
    }

    void scanReverse(Uop u, int source) {
        int value = source << u.shift >>> u.shift;
        if (value != 0) {
            c.setReg(u.dst, u.bits, 31 - Integer.numberOfLeadingZeros(value));
        }
        c.flags.setZero(value == 0);
        Timing.scanReverse(c, u, value);
    }
}
