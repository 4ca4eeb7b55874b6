package org.orrery.cpu;

import org.orrery.isa.Clock;

/** The instructions that the engine's loop does not handle itself, but for those that touch the system. */
final class RareOps {
    private final Core c;
    private final Flags flags;
    private final int[] r;
    private final MulDiv mulDiv;
    private final BitOps bits;
    private final StringOps strings;
    private final SystemOps system;

    RareOps(Core core, SystemOps system, StringOps strings) {
        c = core;
        flags = core.flags;
        r = core.r;
        mulDiv = new MulDiv(core);
        bits = new BitOps(core);
        this.strings = strings;
        this.system = system;
    }

    void execute(Uop u) {
        if (u.op >= Op.FIRST_SYSTEM) {
            system.execute(u);
            return;
        }
        switch (u.op) {
            case Op.INC_N -> c.setReg(u.dst, u.bits, Alu.increment(flags, c.reg(u.dst, u.bits), u.shift));
            case Op.DEC_N -> c.setReg(u.dst, u.bits, Alu.decrement(flags, c.reg(u.dst, u.bits), u.shift));
            case Op.INC_M -> store(u, Alu.increment(flags, update(u), u.shift));
            case Op.DEC_M -> store(u, Alu.decrement(flags, update(u), u.shift));
            case Op.NOT_R -> c.setReg(u.dst, u.bits, ~c.reg(u.dst, u.bits));
            case Op.NOT_M -> store(u, ~update(u));
            case Op.NEG_R -> c.setReg(u.dst, u.bits, Alu.negate(flags, c.reg(u.dst, u.bits), u.shift));
            case Op.NEG_M -> store(u, Alu.negate(flags, update(u), u.shift));
            case Op.SHIFT_MI -> shiftMemory(u, u.imm);
            case Op.SHIFT_RC -> shiftByCl(u);
            case Op.SHIFT_MC -> shiftMemory(u, r[Cpu.ECX] & 0xFF);
            case Op.SHLD_R, Op.SHRD_R -> doubleShiftRegister(u);
            case Op.SHLD_M, Op.SHRD_M -> store(u, doubleShift(u, update(u)));
            case Op.PUSH_RM -> c.push(u.bits, r[u.dst]);
            case Op.PUSH_M -> c.push(u.bits, load(u));
            case Op.POP_RM -> c.setReg(u.dst, u.bits, c.pop(u.bits));
            case Op.POP_M -> popMemory(u);
            case Op.PUSH_SEG -> c.pushWord(u.bits, c.seg.selector[u.src]);
            case Op.PUSHA -> pushAll(u);
            case Op.POPA -> popAll(u);
            case Op.JMP_R -> c.jumpChecked(c.reg(u.dst, u.bits));
            case Op.JMP_M -> c.jumpChecked(load(u));
            case Op.CALL_R -> call(u, c.reg(u.dst, u.bits));
            case Op.CALL_M -> call(u, load(u));
            case Op.RET_I -> ret(u);
            case Op.JCXZ -> loopBranch(u, counter(u) == 0);
            case Op.LOOP -> loop(u);
            case Op.SETCC_R -> c.setReg8(u.dst, setByCondition(u));
            case Op.SETCC_M -> c.write(u.seg, address(u), 8, setByCondition(u));
            case Op.XCHG_RR -> exchangeRegisters(u);
            case Op.XCHG_MR -> exchangeMemory(u);
            default -> executeRest(u);
        }
    }

    /** Goes on with a REP that was left between iterations. */
    void resume(Uop u) {
        strings.resume(u);
    }

    private void executeRest(Uop u) {
        switch (u.op) {
            case Op.XADD_R -> exchangeAddRegister(u);
            case Op.XADD_M -> exchangeAddMemory(u);
            case Op.CMPXCHG_R -> compareExchangeRegister(u);
            case Op.CMPXCHG_M -> compareExchangeMemory(u);
            case Op.BSWAP -> r[u.dst] = Integer.reverseBytes(r[u.dst]);
            case Op.XLAT -> c.setReg8(0, c.seg.read8(u.seg, r[Cpu.EBX] + (r[Cpu.EAX] & 0xFF) & u.mask));
            case Op.CBW -> c.setReg(Cpu.EAX, u.bits, u.bits == 32 ? (short) r[Cpu.EAX] : (byte) r[Cpu.EAX]);
            case Op.CWD -> c.setReg(Cpu.EDX, u.bits, u.bits == 32 ? r[Cpu.EAX] >> 31 : (short) r[Cpu.EAX] >> 15);
            case Op.LAHF -> c.setReg8(4, flags.get());
            case Op.SAHF -> flags.setArithmetic(flags.get() & Flags.OF | c.reg8(4) & ~Flags.OF);
            case Op.SALC -> c.setReg8(0, -flags.carryBit());
            case Op.FLAG -> flag(u);
            case Op.DECIMAL -> decimal(u);
            case Op.MUL -> mulDiv.mul(u, source(u));
            case Op.IMUL -> mulDiv.imul(u, source(u));
            case Op.IMUL_R -> mulDiv.imulRegister(u, c.reg(u.dst, u.bits), source(u), source(u));
            case Op.IMUL_RI -> mulDiv.imulRegister(u, u.imm, source(u), u.imm);
            case Op.DIV -> mulDiv.div(u, source(u));
            case Op.IDIV -> mulDiv.idiv(u, source(u));
            case Op.BIT_R -> bits.register(u);
            case Op.BIT_M -> bits.memory(u, address(u));
            case Op.BSF -> bits.scanForward(u, source(u));
            case Op.BSR -> bits.scanReverse(u, source(u));
            case Op.ENTER -> enter(u);
            case Op.LEAVE -> leave(u);
            case Op.BOUND -> bound(u);
            case Op.STRING -> strings.execute(u);
            default -> throw new AssertionError("no operation " + u.op);
        }
    }

    private int address(Uop u) {
        return r[u.base] + (r[u.index] << u.scale) + u.disp & u.mask;
    }

    private int load(Uop u) {
        return c.read(u.seg, address(u), u.bits);
    }

    private int update(Uop u) {
        return c.update(u.seg, address(u), u.bits);
    }

    private void store(Uop u, int value) {
        c.write(u.seg, address(u), u.bits, value);
    }

    /** The r/m operand that is only read; registers are in {@code src} where there are two operands, else in {@code dst}. */
    private int source(Uop u) {
        if (u.memory) {
            return load(u);
        }
        boolean single = u.form.operands().size() == 1;
        return c.reg(single ? u.dst : u.src, u.bits);
    }

    private void shiftMemory(Uop u, int count) {
        store(u, Shifts.operate(flags, u.sub, update(u), count, u.shift));
        Timing.rotateThroughCarry(c, u, count);
    }

    private void shiftByCl(Uop u) {
        int count = r[Cpu.ECX] & 0xFF;
        c.setReg(u.dst, u.bits, Shifts.operate(flags, u.sub, c.reg(u.dst, u.bits), count, u.shift));
        Timing.rotateThroughCarry(c, u, count);
    }

    private void doubleShiftRegister(Uop u) {
        c.setReg(u.dst, u.bits, doubleShift(u, c.reg(u.dst, u.bits)));
    }

    private int doubleShift(Uop u, int value) {
        int count = u.sub == 1 ? r[Cpu.ECX] & 0xFF : u.imm;
        int other = c.reg(u.src, u.bits);
        boolean left = u.op == Op.SHLD_R || u.op == Op.SHLD_M;
        return left
                ? Shifts.doubleLeft(flags, value, other, count, u.shift)
                : Shifts.doubleRight(flags, value, other, count, u.shift);
    }

    /** The address of POP m is worked out with ESP already moved. */
    private void popMemory(Uop u) {
        int before = r[Cpu.ESP];
        int value = c.pop(u.bits);
        int after = r[Cpu.ESP];
        int at = address(u);
        r[Cpu.ESP] = before;
        c.write(u.seg, at, u.bits, value);
        r[Cpu.ESP] = after;
    }

    /** A clock of the row goes with each push, so that write buffers empty in between as they do on the chip (inferred). */
    private void pushAll(Uop u) {
        int bytes = u.bits >> 3;
        int mask = c.stackMask();
        c.ledger.charge(Cause.EXECUTE, u.form.clocks(Clock.R) - 8);
        for (int n = 7; n >= 0; n--) {
            int at = c.movedStack(-bytes * (n + 1)) & mask;
            c.mmu.probeWrite(c.seg.writable(Cpu.SS, at, bytes), bytes);
        }
        for (int n = 0; n < 8; n++) {
            c.ledger.charge(Cause.EXECUTE, 1);
            c.write(Cpu.SS, c.movedStack(-bytes * (n + 1)) & mask, u.bits, r[n]);
        }
        r[Cpu.ESP] = c.movedStack(-8 * bytes);
    }

    private void popAll(Uop u) {
        int bytes = u.bits >> 3;
        int[] values = popped;
        for (int n = 7; n >= 0; n--) {
            values[n] = c.stackAt((7 - n) * bytes, u.bits);
        }
        int esp = c.movedStack(8 * bytes);
        for (int n = 0; n < 8; n++) {
            if (n != Cpu.ESP) {
                c.setReg(n, u.bits, values[n]);
            }
        }
        r[Cpu.ESP] = esp;
    }

    private final int[] popped = new int[8];

    private void call(Uop u, int target) {
        c.checkTarget(target);
        c.push(u.bits, c.eip);
        c.jump(target);
    }

    private void ret(Uop u) {
        int target = c.stackAt(0, u.bits);
        c.checkTarget(target);
        r[Cpu.ESP] = c.movedStack((u.bits >> 3) + (u.imm & 0xFFFF));
        c.jump(target);
    }

    /** ECX or CX, by the address size. */
    private int counter(Uop u) {
        return r[Cpu.ECX] & u.mask;
    }

    private void loop(Uop u) {
        int count = counter(u) - 1 & u.mask;
        boolean zeroWanted = u.sub == 1;
        boolean again = count != 0 && (u.sub < 0 || flags.zero() == zeroWanted);
        int ecx = r[Cpu.ECX] & ~u.mask | count;
        if (again) {
            c.checkTarget(target(u));
        }
        r[Cpu.ECX] = ecx;
        loopBranch(u, again);
    }

    private int target(Uop u) {
        int target = c.eip + u.imm;
        return u.bits == 32 ? target : target & 0xFFFF;
    }

    private void loopBranch(Uop u, boolean taken) {
        c.charge(u.form, taken ? Clock.TAKEN : Clock.NOT_TAKEN);
        if (taken) {
            c.jumpChecked(target(u));
        }
    }

    private int setByCondition(Uop u) {
        boolean holds = flags.condition(u.sub);
        Timing.setByCondition(c, u, holds);
        return holds ? 1 : 0;
    }

    private void exchangeRegisters(Uop u) {
        int value = c.reg(u.dst, u.bits);
        c.setReg(u.dst, u.bits, c.reg(u.src, u.bits));
        c.setReg(u.src, u.bits, value);
    }

    private void exchangeMemory(Uop u) {
        int value = update(u);
        store(u, c.reg(u.src, u.bits));
        c.setReg(u.src, u.bits, value);
    }

    private void exchangeAddRegister(Uop u) {
        int value = c.reg(u.dst, u.bits);
        int sum = Alu.add(flags, value, c.reg(u.src, u.bits), 0, u.shift);
        c.setReg(u.src, u.bits, value);
        c.setReg(u.dst, u.bits, sum);
    }

    private void exchangeAddMemory(Uop u) {
        int value = update(u);
        store(u, Alu.add(flags, value, c.reg(u.src, u.bits), 0, u.shift));
        c.setReg(u.src, u.bits, value);
    }

    private void compareExchangeRegister(Uop u) {
        int value = c.reg(u.dst, u.bits);
        Alu.subtract(flags, c.reg(Cpu.EAX, u.bits), value, 0, u.shift);
        if (flags.zero()) {
            c.setReg(u.dst, u.bits, c.reg(u.src, u.bits));
        } else {
            c.setReg(Cpu.EAX, u.bits, value);
        }
    }

    /** Memory is written in either case, as the chip does. */
    private void compareExchangeMemory(Uop u) {
        int value = update(u);
        Alu.subtract(flags, c.reg(Cpu.EAX, u.bits), value, 0, u.shift);
        boolean equal = flags.zero();
        store(u, equal ? c.reg(u.src, u.bits) : value);
        if (!equal) {
            c.setReg(Cpu.EAX, u.bits, value);
        }
        c.charge(u.form, equal ? Clock.MEMORY_TAKEN : Clock.MEMORY_NOT_TAKEN);
    }

    private void flag(Uop u) {
        switch (u.sub) {
            case 0xF5 -> flags.setCarry(!flags.carry());
            case 0xF8 -> flags.setCarry(false);
            case 0xF9 -> flags.setCarry(true);
            case 0xFC -> flags.others &= ~Flags.DF;
            default -> flags.others |= Flags.DF;
        }
    }

    private void decimal(Uop u) {
        int ax = r[Cpu.EAX];
        int base = u.imm & 0xFF;
        int adjusted = switch (u.sub) {
            case 0x27 -> Decimal.daa(flags, ax);
            case 0x2F -> Decimal.das(flags, ax);
            case 0x37 -> Decimal.aaa(flags, ax);
            case 0x3F -> Decimal.aas(flags, ax);
            case 0xD4 -> {
                if (base == 0) {
                    throw c.fault.of(GuestFault.DE, 0);
                }
                yield Decimal.aam(flags, ax, base);
            }
            default -> Decimal.aad(flags, ax, base);
        };
        c.setReg16(Cpu.EAX, adjusted);
    }

    /** ENTER: all that it will write is probed first, so that a fault leaves nothing behind. */
    private void enter(Uop u) {
        int size = u.imm & 0xFFFF;
        int level = u.imm2 & 31;
        int bytes = u.bits >> 3;
        int mask = c.stackMask();
        int frame = c.movedStack(-bytes);
        int end = c.movedStack(-bytes * (1 + level) - size);
        c.mmu.probeWrite(c.seg.writable(Cpu.SS, end & mask, bytes), bytes);
        c.write(Cpu.SS, frame & mask, u.bits, r[Cpu.EBP]);
        for (int i = 1; i < level; i++) {
            c.ledger.charge(Cause.EXECUTE, u.form.clocks(Clock.PER_ITERATION));
            int link = c.read(Cpu.SS, r[Cpu.EBP] - i * bytes & mask, u.bits);
            c.write(Cpu.SS, frame - i * bytes & mask, u.bits, link);
        }
        if (level > 0) {
            c.write(Cpu.SS, frame - level * bytes & mask, u.bits, frame);
        }
        r[Cpu.ESP] = end;
        c.setReg(Cpu.EBP, u.bits, frame);
        Timing.enter(c, u, level);
    }

    private void leave(Uop u) {
        int mask = c.stackMask();
        int value = c.read(Cpu.SS, r[Cpu.EBP] & mask, u.bits);
        r[Cpu.ESP] = r[Cpu.ESP] & ~mask | r[Cpu.EBP] + (u.bits >> 3) & mask;
        c.setReg(Cpu.EBP, u.bits, value);
    }

    private void bound(Uop u) {
        if (!u.memory) {
            throw c.undefined();
        }
        int at = address(u);
        int low = c.read(u.seg, at, u.bits) << u.shift >> u.shift;
        int high = c.read(u.seg, at + (u.bits >> 3) & u.mask, u.bits) << u.shift >> u.shift;
        int index = c.reg(u.src, u.bits) << u.shift >> u.shift;
        if (index < low || index > high) {
            throw c.fault.of(GuestFault.BR, 0);
        }
        c.charge(u.form, Clock.NOT_TAKEN);
    }
}
