package org.orrery.cpu;

import org.orrery.isa.Clock;

/** The control instructions of the x87, among them those that save and restore its environment and state in four layouts. */
final class FpuControl {
    private static final int ALL_ONES = 0xFFFF;
    /** Halfwords of the environment in 16-bit and in 32-bit layout. */
    private static final int ENVIRONMENT_16 = 7;

    private static final int ENVIRONMENT_32 = 14;
    /** Halfwords of the eight registers, ST first. */
    private static final int REGISTERS = 40;

    private final Core c;
    private final Fpu f;
    /** The image in memory, as halfwords. */
    private final int[] image = new int[ENVIRONMENT_32 + REGISTERS];

    FpuControl(Core core) {
        c = core;
        f = core.fpu;
    }

    void execute(Uop u, int address) {
        switch (u.sub) {
            case FpuOp.WAIT, FpuOp.IGNORED -> {}
            case FpuOp.LOAD_CONTROL -> f.setControl(c.seg.read16(u.seg, address));
            case FpuOp.LOAD_ENVIRONMENT -> {
                read(u, address, environmentSize(u));
                takeEnvironment(u.wide);
            }
            case FpuOp.RESTORE -> {
                read(u, address, environmentSize(u) + REGISTERS);
                takeEnvironment(u.wide);
                takeRegisters(environmentSize(u));
            }
            case FpuOp.INITIALIZE -> f.initialize();
            case FpuOp.CLEAR_EXCEPTIONS -> f.clearExceptions();
            case FpuOp.STORE_CONTROL -> storeWord(u, address, f.control());
            case FpuOp.STORE_STATUS -> storeWord(u, address, f.statusWord());
            case FpuOp.STORE_ENVIRONMENT -> {
                giveEnvironment(u.wide);
                write(u, address, environmentSize(u));
                f.maskAll();
            }
            case FpuOp.SAVE -> {
                giveEnvironment(u.wide);
                giveRegisters(environmentSize(u));
                write(u, address, environmentSize(u) + REGISTERS);
                f.initialize();
            }
            default -> throw new AssertionError("no x87 operation " + u.sub);
        }
    }

    /**
     * A chip without x87: the probes of software do nothing and store nothing, which is how it finds out (inferred: FNINIT leaves its probe
     * word as it was). Anything else needs CR0.EM.
     */
    void executeWithoutFpu(Uop u, int address) {
        switch (u.sub) {
            case FpuOp.WAIT, FpuOp.INITIALIZE, FpuOp.CLEAR_EXCEPTIONS, FpuOp.STORE_CONTROL, FpuOp.STORE_STATUS -> {}
            case FpuOp.LOAD_CONTROL -> c.seg.read16(u.seg, address);
            default -> throw new NotExecutedException("without an x87 on the chip");
        }
    }

    private void storeWord(Uop u, int address, int value) {
        if (u.memory) {
            c.seg.write16(u.seg, address, value);
        } else {
            c.setReg16(Cpu.EAX, value);
        }
    }

    private static int environmentSize(Uop u) {
        return u.wide ? ENVIRONMENT_32 : ENVIRONMENT_16;
    }

    /** Control, status and tag word come first in all layouts; how wide each field is, differs. */
    private void giveEnvironment(boolean wide) {
        put(wide, 0, f.control(), ALL_ONES);
        put(wide, 1, f.statusWord(), ALL_ONES);
        put(wide, 2, f.tagWord(), ALL_ONES);
        if (c.protectedMode()) {
            put(wide, 3, f.codeOffset, f.codeOffset >>> 16);
            put(wide, 4, f.codeSelector, f.opcode);
            put(wide, 5, f.dataOffset, f.dataOffset >>> 16);
            put(wide, 6, f.dataSelector, ALL_ONES);
            return;
        }
        int code = (f.codeSelector << 4) + f.codeOffset;
        int data = (f.dataSelector << 4) + f.dataOffset;
        put(wide, 3, code, ALL_ONES);
        put(wide, 4, code >>> 4 & 0xF000 | f.opcode, code >>> 20);
        put(wide, 5, data, ALL_ONES);
        put(wide, 6, data >>> 4 & 0xF000, data >>> 20);
    }

    /** A field of a halfword, in the 32-bit layouts with another above it. */
    private void put(boolean wide, int field, int low, int high) {
        if (wide) {
            image[2 * field] = low & 0xFFFF;
            image[2 * field + 1] = high & 0xFFFF;
        } else {
            image[field] = low & 0xFFFF;
        }
    }

    private void takeEnvironment(boolean wide) {
        f.setControl(low(wide, 0));
        f.setStatusWord(low(wide, 1));
        f.setTagWord(low(wide, 2));
        if (c.protectedMode()) {
            f.codeOffset = low(wide, 3) | high(wide, 3) << 16;
            f.codeSelector = low(wide, 4);
            f.opcode = high(wide, 4) & 0x7FF;
            f.dataOffset = low(wide, 5) | high(wide, 5) << 16;
            f.dataSelector = low(wide, 6);
            return;
        }
        f.codeOffset = low(wide, 3) | linearTop(wide, 4);
        f.codeSelector = 0;
        f.opcode = low(wide, 4) & 0x7FF;
        f.dataOffset = low(wide, 5) | linearTop(wide, 6);
        f.dataSelector = 0;
    }

    private int low(boolean wide, int field) {
        return image[wide ? 2 * field : field];
    }

    private int high(boolean wide, int field) {
        return wide ? image[2 * field + 1] : 0;
    }

    /** In real mode the pointers are linear addresses; the bits from 16 on are in the upper four bits of a field and above. */
    private int linearTop(boolean wide, int field) {
        return low(wide, field) << 4 & 0xF_0000 | high(wide, field) << 20;
    }

    private void giveRegisters(int at) {
        for (int i = 0; i < 8; i++) {
            long mantissa = f.mantissa(i);
            for (int k = 0; k < 4; k++) {
                image[at + 5 * i + k] = (int) (mantissa >>> 16 * k) & 0xFFFF;
            }
            image[at + 5 * i + 4] = f.exponent(i);
        }
    }

    /** The registers only: which of them are in use, the tag word has said. */
    private void takeRegisters(int at) {
        for (int i = 0; i < 8; i++) {
            long mantissa = 0;
            for (int k = 3; k >= 0; k--) {
                mantissa = mantissa << 16 | image[at + 5 * i + k];
            }
            f.fill(i, image[at + 5 * i + 4], mantissa);
        }
    }

    /** Writes the image, after making sure that all of it can be written. */
    private void write(Uop u, int address, int halfwords) {
        int linear = c.seg.writable(u.seg, address, 2 * halfwords);
        c.mmu.requireAlignment(linear, unit(u));
        c.mmu.probeWrite(linear, 2 * halfwords);
        int share = chargeRest(u, halfwords);
        for (int i = 0; i < halfwords; i += u.wide ? 2 : 1) {
            c.ledger.charge(Cause.EXECUTE, share);
            if (u.wide) {
                c.mmu.write32(linear + 2 * i, image[i] | image[i + 1] << 16);
            } else {
                c.mmu.write16(linear + 2 * i, image[i]);
            }
        }
    }

    private void read(Uop u, int address, int halfwords) {
        int linear = c.seg.linear(u.seg, address, 2 * halfwords);
        c.mmu.requireAlignment(linear, unit(u));
        int share = chargeRest(u, halfwords);
        for (int i = 0; i < halfwords; i += u.wide ? 2 : 1) {
            c.ledger.charge(Cause.EXECUTE, share);
            if (u.wide) {
                int dword = c.mmu.read32(linear + 2 * i);
                image[i] = dword & 0xFFFF;
                image[i + 1] = dword >>> 16;
            } else {
                image[i] = c.mmu.read16(linear + 2 * i);
            }
        }
    }

    private static int unit(Uop u) {
        return u.wide ? 4 : 2;
    }

    /**
     * The clocks of the row go evenly with the transfers, so that write buffers empty in between as they do on the chip (how they are
     * spread is inferred). Charges what does not divide and returns the share of each transfer.
     */
    private int chargeRest(Uop u, int halfwords) {
        int transfers = u.wide ? halfwords / 2 : halfwords;
        int clocks = u.form.clocks(c.protectedMode() ? Clock.PROTECTED : Clock.REAL);
        c.ledger.charge(Cause.EXECUTE, clocks % transfers);
        return clocks / transfers;
    }
}
