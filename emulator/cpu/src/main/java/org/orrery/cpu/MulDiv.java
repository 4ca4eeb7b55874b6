package org.orrery.cpu;

/** Multiplication and division. */
final class MulDiv {
    private final Core c;
    private final int[] r;

    MulDiv(Core core) {
        c = core;
        r = core.r;
    }

    private static long unsigned(int value, int shift) {
        return (value << shift >>> shift) & 0xFFFF_FFFFL;
    }

    private static long signed(int value, int shift) {
        return value << shift >> shift;
    }

    /** Puts a double-width product into AX, DX:AX or EDX:EAX. */
    private void putProduct(Uop u, long product) {
        if (u.bits == 8) {
            c.setReg16(Cpu.EAX, (int) product);
        } else {
            c.setReg(Cpu.EAX, u.bits, (int) product);
            c.setReg(Cpu.EDX, u.bits, (int) (product >> u.bits));
        }
    }

    /** CF and OF say whether the upper half matters; the others are undefined and set as for a logical result (inferred). */
    private void setFlags(Uop u, int low, boolean overflow) {
        c.flags.setLogic(low, u.shift);
        c.flags.setCarry(overflow);
        c.flags.setOverflow(overflow);
    }

    void mul(Uop u, int source) {
        long product = unsigned(r[Cpu.EAX], u.shift) * unsigned(source, u.shift);
        putProduct(u, product);
        setFlags(u, (int) product, product >>> u.bits != 0);
        Timing.multiply(c, u, source << u.shift >>> u.shift, false);
    }

    void imul(Uop u, int source) {
        long s = signed(source, u.shift);
        long product = signed(r[Cpu.EAX], u.shift) * s;
        putProduct(u, product);
        setFlags(u, (int) product, product != signed((int) product, u.shift));
        Timing.multiply(c, u, (int) s, s < 0);
    }

    /** The forms with a register for the product, which drop the upper half. */
    void imulRegister(Uop u, int a, int b, int multiplier) {
        long product = signed(a, u.shift) * signed(b, u.shift);
        c.setReg(u.dst, u.bits, (int) product);
        setFlags(u, (int) product, product != signed((int) product, u.shift));
        int m = multiplier << u.shift >> u.shift;
        Timing.multiply(c, u, m, m < 0);
    }

    private long dividend(Uop u) {
        if (u.bits == 8) {
            return r[Cpu.EAX] & 0xFFFF;
        }
        return unsigned(r[Cpu.EDX], u.shift) << u.bits | unsigned(r[Cpu.EAX], u.shift);
    }

    private void putQuotient(Uop u, long quotient, long remainder) {
        if (u.bits == 8) {
            c.setReg16(Cpu.EAX, (int) (remainder << 8 | quotient & 0xFF));
        } else {
            c.setReg(Cpu.EAX, u.bits, (int) quotient);
            c.setReg(Cpu.EDX, u.bits, (int) remainder);
        }
    }

    void div(Uop u, int source) {
        long divisor = unsigned(source, u.shift);
        long dividend = dividend(u);
        if (divisor == 0) {
            throw c.fault.of(GuestFault.DE, 0);
        }
        long quotient = Long.divideUnsigned(dividend, divisor);
        if (Long.compareUnsigned(quotient, (1L << u.bits) - 1) > 0) {
            throw c.fault.of(GuestFault.DE, 0);
        }
        putQuotient(u, quotient, Long.remainderUnsigned(dividend, divisor));
    }

    void idiv(Uop u, int source) {
        long divisor = signed(source, u.shift);
        int unused = 64 - 2 * u.bits;
        long dividend = dividend(u) << unused >> unused;
        if (divisor == 0 || divisor == -1 && dividend == Long.MIN_VALUE) {
            throw c.fault.of(GuestFault.DE, 0);
        }
        long quotient = dividend / divisor;
        if (quotient != quotient << 64 - u.bits >> 64 - u.bits) {
            throw c.fault.of(GuestFault.DE, 0);
        }
        putQuotient(u, quotient, dividend % divisor);
    }
}
