package org.orrery.cpu;

import org.orrery.isa.Clock;

/** The instructions that touch the system: segment and control registers, tables, flags of control, ports, far transfers. */
final class SystemOps {
    /** Clocks beyond INT of CLI, STI and POPF refused in virtual 8086 mode (recalled from Intel's clock table, unverified). */
    private static final int FAST_TRAP = 8;
    /** Likewise of PUSHF and INT n. */
    private static final int SLOW_TRAP = 9;

    private final Core c;
    private final int[] r;
    private final SegmentLoader loader;
    private final FarTransfers far;
    private final Interrupts interrupts;
    private final PortOps ports;
    private final StringOps strings;
    private final ControlOps control;
    private final FpuOps fpu;
    private final Identification identification;
    private final Descriptor descriptor = new Descriptor();

    SystemOps(
            Core core,
            SegmentLoader loader,
            FarTransfers far,
            Interrupts interrupts,
            PortOps ports,
            StringOps strings) {
        c = core;
        r = core.r;
        this.loader = loader;
        this.far = far;
        this.interrupts = interrupts;
        this.ports = ports;
        this.strings = strings;
        control = new ControlOps(core);
        fpu = new FpuOps(core);
        identification = new Identification(core);
    }

    void execute(Uop u) {
        switch (u.op) {
            case Op.MOV_R_SEG -> storeRegister(u, selector(u.src));
            case Op.MOV_M_SEG -> c.seg.write16(u.seg, address(u), selector(u.src));
            case Op.MOV_SEG_R -> loadSegment(u, u.src, r[u.dst] & 0xFFFF);
            case Op.MOV_SEG_M -> loadSegment(u, u.src, c.seg.read16(u.seg, address(u)));
            case Op.POP_SEG -> popSegment(u);
            case Op.LOAD_FAR -> loadFar(u);
            case Op.PUSHF -> pushFlags(u);
            case Op.POPF -> popFlags(u);
            case Op.CLI -> changeInterruptFlag(u, false);
            case Op.STI -> changeInterruptFlag(u, true);
            case Op.HLT -> halt();
            case Op.IN -> ports.in(u);
            case Op.OUT -> ports.out(u);
            case Op.PORT_STRING -> strings.executePort(u);
            case Op.JMP_FAR -> far.jump(u, u.imm2 & 0xFFFF, u.imm);
            case Op.JMP_FAR_M -> far.jump(u, farSelector(u), farOffset(u));
            case Op.CALL_FAR -> far.call(u, u.imm2 & 0xFFFF, u.imm);
            case Op.CALL_FAR_M -> far.call(u, farSelector(u), farOffset(u));
            case Op.RETF -> far.ret(u, u.form.operands().isEmpty() ? 0 : u.imm & 0xFFFF);
            case Op.IRET -> far.iret(u);
            case Op.INT -> interrupt(u);
            case Op.INTO -> overflow(u);
            default -> executeTables(u);
        }
    }

    private void executeTables(Uop u) {
        switch (u.op) {
            case Op.MOV_R_CR -> control.store(u);
            case Op.MOV_CR_R -> control.load(u);
            case Op.MOV_R_DR -> c.r[u.dst] = c.debug.read(u.src);
            case Op.MOV_DR_R -> c.debug.write(u.src, c.r[u.dst]);
            case Op.MOV_R_TR -> control.storeTest(u);
            case Op.MOV_TR_R -> control.loadTest(u);
            case Op.TABLE_LOAD -> loadTable(u);
            case Op.TABLE_STORE -> storeTable(u);
            case Op.LLDT -> loadTaskTable(u);
            case Op.LTR -> loadTaskTable(u);
            case Op.STORE_SELECTOR -> storeSelector(u);
            case Op.SMSW -> storeWord(u, c.cr0);
            case Op.LMSW -> control.loadStatusWord(operand16(u));
            case Op.CLTS -> control.clearTaskSwitched();
            case Op.INVD -> control.invalidateCache();
            case Op.INVLPG -> control.invalidatePage(u, c.seg.base[u.seg] + address(u));
            case Op.LAR, Op.LSL, Op.VERR -> verify(u);
            case Op.ARPL -> adjustRpl(u);
            case Op.CPUID -> identification.execute(u);
            case Op.FPU -> fpu.execute(u, address(u));
            case Op.UNDEFINED -> throw u.imm == GuestFault.GP && u.form == null ? c.general(0) : c.undefined();
            default -> throw new NotExecutedException(null);
        }
    }

    private int address(Uop u) {
        return r[u.base] + (r[u.index] << u.scale) + u.disp & u.mask;
    }

    private int operand16(Uop u) {
        return u.memory ? c.seg.read16(u.seg, address(u)) : r[u.dst] & 0xFFFF;
    }

    private int selector(int segment) {
        if (segment > Cpu.GS) {
            throw c.undefined();
        }
        return c.seg.selector[segment];
    }

    /** A 16-bit value to a register; with a 32-bit operand size the upper half is cleared (inferred: undefined by the manual). */
    private void storeRegister(Uop u, int value) {
        if (u.wide) {
            r[u.dst] = value & 0xFFFF;
        } else {
            c.setReg16(u.dst, value);
        }
    }

    private void storeWord(Uop u, int value) {
        if (u.memory) {
            c.seg.write16(u.seg, address(u), value);
        } else if (u.wide) {
            r[u.dst] = value;
        } else {
            c.setReg16(u.dst, value);
        }
    }

    private void storeSelector(Uop u) {
        requireProtected();
        if (u.memory) {
            c.seg.write16(u.seg, address(u), c.seg.selector[u.sub]);
        } else {
            storeRegister(u, c.seg.selector[u.sub]);
        }
    }

    private void requireProtected() {
        if (!c.protectedMode()) {
            throw c.undefined();
        }
    }

    private void loadSegment(Uop u, int segment, int value) {
        if (segment == Cpu.CS || segment > Cpu.GS) {
            throw c.undefined();
        }
        loader.load(segment, value, descriptor);
        c.chargeSegments(u.form, c.protectedMode() ? Clock.PROTECTED : Clock.REAL);
        shadowAfterStack(segment);
    }

    /** MOV SS and POP SS hold interrupts off until the next instruction has run; LSS need not. */
    private void shadowAfterStack(int segment) {
        if (segment == Cpu.SS) {
            c.interruptShadow = true;
            c.trapShadow = true;
            c.leaveLoop();
        }
    }

    private void popSegment(Uop u) {
        int value = c.stackAt(0, 16);
        int sp = c.movedStack(u.bits >> 3);
        loader.load(u.dst, value, descriptor);
        int mask = c.stackMask();
        r[Cpu.ESP] = u.dst == Cpu.SS ? r[Cpu.ESP] & ~mask | sp & mask : sp;
        c.chargeSegments(u.form, c.protectedMode() ? Clock.PROTECTED : Clock.REAL);
        shadowAfterStack(u.dst);
    }

    private int farOffset(Uop u) {
        return c.read(u.seg, address(u), u.bits);
    }

    private int farSelector(Uop u) {
        return c.seg.read16(u.seg, address(u) + (u.bits >> 3) & u.mask);
    }

    private void loadFar(Uop u) {
        int selector = farSelector(u);
        int offset = farOffset(u);
        loader.load(u.sub, selector, descriptor);
        c.setReg(u.src, u.bits, offset);
        c.chargeSegments(u.form, c.protectedMode() ? Clock.PROTECTED : Clock.REAL);
    }

    private void pushFlags(Uop u) {
        c.requireVirtualIopl(SLOW_TRAP);
        c.push(u.bits, c.flags.get() & ~(Flags.VM | Flags.RF));
        c.chargeByMode(u.form);
    }

    private void popFlags(Uop u) {
        c.requireVirtualIopl(FAST_TRAP);
        int mask = Flags.ARITHMETIC | Flags.TF | Flags.DF | Flags.NT | Flags.RF | Flags.AC | Flags.ID;
        if (c.cpl == 0) {
            mask |= Flags.IOPL;
        }
        if (c.cpl <= c.flags.iopl()) {
            mask |= Flags.IF;
        }
        if (u.bits == 16) {
            mask &= 0xFFFF;
        }
        int image = c.pop(u.bits) & ~Flags.RF;
        c.flags.set(c.flags.get() & ~mask | image & mask);
        c.controlFlagsChanged();
        c.chargeByMode(u.form);
    }

    private void changeInterruptFlag(Uop u, boolean on) {
        c.requireVirtualIopl(FAST_TRAP - u.clocks);
        if (c.cpl > c.flags.iopl()) {
            throw c.general(0);
        }
        if (on) {
            c.interruptShadow |= !c.flags.interruptsEnabled();
            c.flags.others |= Flags.IF;
        } else {
            c.flags.others &= ~Flags.IF;
        }
        c.leaveLoop();
    }

    private void halt() {
        c.requireCpl0();
        c.halted = true;
        c.leaveLoop();
    }

    /** INT n is refused in virtual 8086 mode below IOPL 3; INT3 and INTO are not. */
    private void interrupt(Uop u) {
        if (!u.form.operands().isEmpty()) {
            c.requireVirtualIopl(SLOW_TRAP);
        }
        interrupts.software(u.imm & 0xFF, u.form);
    }

    private void overflow(Uop u) {
        if (c.flags.overflow()) {
            interrupts.software(GuestFault.OF, u.form);
        } else {
            c.charge(u.form, Clock.NOT_TAKEN);
        }
    }

    private void loadTable(Uop u) {
        c.requireCpl0();
        int at = address(u);
        int limit = c.seg.read16(u.seg, at);
        int base = c.seg.read32(u.seg, at + 2 & u.mask) & (u.bits == 32 ? ~0 : 0xFF_FFFF);
        if (u.sub == 0) {
            c.gdtBase = base;
            c.gdtLimit = limit;
        } else {
            c.idtBase = base;
            c.idtLimit = limit;
        }
    }

    private void storeTable(Uop u) {
        int at = address(u);
        int base = u.sub == 0 ? c.gdtBase : c.idtBase;
        c.mmu.probeWrite(c.seg.writable(u.seg, at, 6), 6);
        c.seg.write16(u.seg, at, u.sub == 0 ? c.gdtLimit : c.idtLimit);
        c.seg.write32(u.seg, at + 2 & u.mask, base);
    }

    private void loadTaskTable(Uop u) {
        requireProtected();
        c.requireCpl0();
        if (u.op == Op.LLDT) {
            loader.loadLdt(operand16(u), descriptor);
        } else {
            loader.loadTask(operand16(u), descriptor);
        }
    }

    private void adjustRpl(Uop u) {
        requireProtected();
        int value = u.memory ? c.seg.update16(u.seg, address(u)) : r[u.dst] & 0xFFFF;
        int rpl = r[u.src] & 3;
        boolean adjust = (value & 3) < rpl;
        int result = adjust ? value & ~3 | rpl : value;
        if (u.memory) {
            c.seg.write16(u.seg, address(u), result);
        } else {
            c.setReg16(u.dst, result);
        }
        c.flags.setZero(adjust);
    }

    /** LAR, LSL, VERR and VERW: ZF says whether the descriptor is visible from here and of a fitting type. */
    private void verify(Uop u) {
        requireProtected();
        int selector = operand16(u);
        Descriptor d = descriptor;
        boolean visible = (selector & ~3) != 0 && loader.find(selector, d) && visible(selector, d);
        boolean ok = visible
                && switch (u.op) {
                    case Op.LAR -> !d.system() || hasRights(d.systemType());
                    case Op.LSL -> !d.system() || hasLimit(d.systemType());
                    default -> u.sub == 0 ? d.readable() : d.writable();
                };
        if (ok && u.op == Op.LAR) {
            c.setReg(u.src, u.bits, d.high & 0xF0_FF00);
        } else if (ok && u.op == Op.LSL) {
            c.setReg(u.src, u.bits, d.limit());
        }
        c.flags.setZero(ok);
    }

    private boolean visible(int selector, Descriptor d) {
        return d.conforming() || d.dpl() >= Math.max(c.cpl, selector & 3);
    }

    private static boolean hasRights(int type) {
        return type == 1 || type == 2 || type == 3 || type == 4 || type == 5 || type == 9 || type == 11 || type == 12;
    }

    private static boolean hasLimit(int type) {
        return type == 1 || type == 2 || type == 3 || type == 9 || type == 11;
    }
}
