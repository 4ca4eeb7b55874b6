package org.orrery.cpu;

import org.orrery.cpu.x87.Context;
import org.orrery.cpu.x87.Extended;
import org.orrery.cpu.x87.Formats;

/** Loads and stores of the x87 in all formats of memory. */
final class FpuMemory {
    /** What 8 and 10 bytes are to be aligned to, where alignment is checked. */
    private static final int ALIGNMENT = 8;

    private static final int EXTENDED_BYTES = 10;
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private final Core c;
    private final Fpu f;
    private final Context x;

    FpuMemory(Core core, Context context) {
        c = core;
        f = core.fpu;
        x = context;
    }

    /** Brings an operand of arithmetic or comparison into the context, as it is. */
    void readOperand(Uop u, int address) {
        switch (u.src) {
            case FpuOp.SINGLE -> Formats.widenSingle(x, c.seg.read32(u.seg, address));
            case FpuOp.DOUBLE -> Formats.widenDouble(x, read64(u.seg, address));
            case FpuOp.WORD -> Formats.fromInteger(x, (short) c.seg.read16(u.seg, address));
            default -> Formats.fromInteger(x, c.seg.read32(u.seg, address));
        }
    }

    /** Loads and pushes. A denormal is loaded even if its exception is not masked, as on real chips. */
    void load(Uop u, int address) {
        switch (u.src) {
            case FpuOp.SINGLE -> Formats.fromSingle(x, c.seg.read32(u.seg, address));
            case FpuOp.DOUBLE -> Formats.fromDouble(x, read64(u.seg, address));
            case FpuOp.WORD -> Formats.fromInteger(x, (short) c.seg.read16(u.seg, address));
            case FpuOp.DWORD -> Formats.fromInteger(x, c.seg.read32(u.seg, address));
            case FpuOp.QWORD -> Formats.fromInteger(x, read64(u.seg, address));
            default -> read80(u, address);
        }
        if (!f.empty(7)) {
            if (f.stackOverflows()) {
                f.push(Extended.INDEFINITE_EXPONENT, Extended.INDEFINITE_MANTISSA);
            }
            return;
        }
        f.report(x.raised(), false);
        if ((x.raised() & ~f.control() & Context.INVALID) == 0) {
            f.push(x.exponent, x.mantissa);
        }
    }

    private void read80(Uop u, int address) {
        int linear = c.seg.linear(u.seg, address, EXTENDED_BYTES);
        c.mmu.requireAlignment(linear, ALIGNMENT);
        long low = c.mmu.read32(linear) & UNSIGNED | (long) c.mmu.read32(linear + 4) << 32;
        int high = c.mmu.read16(linear + 8);
        if (u.src == FpuOp.DECIMAL) {
            Formats.fromDecimal(x, low, high);
        } else {
            x.exponent = high;
            x.mantissa = low;
        }
    }

    private long read64(int segment, int address) {
        int linear = c.seg.linear(segment, address, Long.BYTES);
        c.mmu.requireAlignment(linear, ALIGNMENT);
        return c.mmu.read64(linear);
    }

    /** Stores and perhaps pops. An empty register whose exception is masked is stored as the indefinite value of the format. */
    void store(Uop u, int address) {
        boolean empty = f.empty(0);
        if (empty && (f.control() & Fpu.INVALID) == 0) {
            f.stackUnderflows();
            return;
        }
        int e = empty ? Extended.INDEFINITE_EXPONENT : f.exponent(0);
        long m = empty ? Extended.INDEFINITE_MANTISSA : f.mantissa(0);
        long value = convert(u.src, e, m);
        if (!x.storeSuppressed()) {
            write(u, address, value, u.src == FpuOp.EXTENDED ? e : x.exponent);
        }
        if (empty) {
            f.stackUnderflows();
        } else {
            f.report(x.raised(), x.roundedUp);
        }
        if (!x.storeSuppressed()) {
            f.pop(u.imm2);
        }
    }

    private long convert(int format, int e, long m) {
        return switch (format) {
            case FpuOp.SINGLE -> Formats.toSingle(x, e, m);
            case FpuOp.DOUBLE -> Formats.toDouble(x, e, m);
            case FpuOp.WORD -> Formats.toInteger(x, e, m, 16);
            case FpuOp.DWORD -> Formats.toInteger(x, e, m, 32);
            case FpuOp.QWORD -> Formats.toInteger(x, e, m, 64);
            case FpuOp.DECIMAL -> Formats.toDecimal(x, e, m);
            default -> m;
        };
    }

    /** @param high the last two of ten bytes */
    private void write(Uop u, int address, long value, int high) {
        switch (u.src) {
            case FpuOp.WORD -> c.seg.write16(u.seg, address, (int) value);
            case FpuOp.SINGLE, FpuOp.DWORD -> c.seg.write32(u.seg, address, (int) value);
            case FpuOp.DOUBLE, FpuOp.QWORD -> writeLong(u, address, value, Long.BYTES);
            default -> {
                int linear = writeLong(u, address, value, EXTENDED_BYTES);
                c.mmu.write16(linear + 8, high);
            }
        }
    }

    /** Writes the first 8 of some bytes, after making sure that all can be written; returns their linear address. */
    private int writeLong(Uop u, int address, long value, int bytes) {
        int linear = c.seg.writable(u.seg, address, bytes);
        c.mmu.requireAlignment(linear, ALIGNMENT);
        c.mmu.probeWrite(linear, bytes);
        c.mmu.write32(linear, (int) value);
        c.mmu.write32(linear + 4, (int) (value >>> 32));
        return linear;
    }
}
