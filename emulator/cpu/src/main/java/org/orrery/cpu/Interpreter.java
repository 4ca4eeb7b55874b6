package org.orrery.cpu;

import java.util.Locale;

/**
 * The reference engine: takes decoded instructions one by one, lets their time pass and executes them.
 *
 * <p>Invariant within the loop: {@code core.fetchedLine} is the line that the bytes at {@code core.eip} were taken from, and {@link #page}
 * the decoded page of that line; a jump clears the first, and the next fetch sets both. Whatever changes what is to be done
 * between two instructions (an interrupt, an event nearer than before) moves {@code core.deadline} to the past.
 */
final class Interpreter {
    private static final int LINE_SHIFT = 4;
    private static final int PAGE_OFFSET = 0xFFF;
    /** Has no follower: where no instruction was executed before, or not in order. */
    private static final Uop NONE = new Uop();

    private final Core c;
    private final Segments seg;
    private final Ledger ledger;
    private final Pipeline pipeline;
    private final Flags flags;
    private final int[] r;
    private final CodeCache code;
    private final CodeFetch fetch;
    private final RareOps rare;

    private CodeCache.Page page;
    /** The code segment ends within the line that code comes from, or within the next. */
    private boolean nearLimit = true;

    Interpreter(Core core, CodeCache code, CodeFetch fetch, RareOps rare) {
        c = core;
        seg = core.seg;
        ledger = core.ledger;
        pipeline = core.pipeline;
        flags = core.flags;
        r = core.r;
        this.code = code;
        this.fetch = fetch;
        this.rare = rare;
        findPage();
    }

    /** Executes instructions until the deadline has come; faults of the guest come out as {@link GuestFault}. */
    void run() {
        Uop u = NONE;
        while (ledger.now < c.deadline) {
            u = step(u);
        }
    }

    /** Executes one instruction. */
    void instruction() {
        step(NONE);
    }

    /** Executes the instruction behind {@code last} and returns it. */
    private Uop step(Uop last) {
        int eip = c.eip;
        c.instructionEip = eip;
        Uop u = last.next;
        if (u == null || c.fetchedLine < 0) {
            if (c.fetchedLine == Core.REPEATING) {
                resumeRepeat();
                return NONE;
            }
            u = find(last);
        }
        if (nearLimit || u.crossesLine) {
            takeLastByte(u);
        }
        c.eip = eip + u.length;
        c.instructions++;
        pipeline.enter(u);
        ledger.execute(u.clocks);
        execute(u);
        return u;
    }

    /** Finds the instruction at the instruction pointer, where {@code last} was executed before. */
    private Uop find(Uop last) {
        int linear = seg.base[Cpu.CS] + c.eip;
        boolean inLine = linear >>> LINE_SHIFT == c.fetchedLine;
        if (!inLine) {
            fetch(linear);
        }
        Uop u = page.uops[linear & PAGE_OFFSET];
        if (u == null) {
            return decode(linear);
        }
        if (inLine && last != NONE) {
            last.next = u;
        }
        return u;
    }

    /** The rest of an instruction must lie within the segment and may lie in the next line. */
    private void takeLastByte(Uop u) {
        int last = u.length - 1;
        if (nearLimit) {
            checkLimit(c.eip, c.eip + last);
        }
        if (u.crossesLine) {
            fetch(seg.base[Cpu.CS] + c.eip + last);
        }
    }

    private void checkLimit(int first, int last) {
        if (Integer.compareUnsigned(last, seg.limit[Cpu.CS]) > 0 || Integer.compareUnsigned(last, first) < 0) {
            throw c.general(0);
        }
    }

    /** Goes on with a REP that was left between iterations; it is decoded again without touching TLB or cache. */
    private void resumeRepeat() {
        int linear = seg.base[Cpu.CS] + c.eip;
        CodeCache.Page here = code.page((int) c.mmu.peek(linear), c.code32());
        Uop u = here.uops[linear & PAGE_OFFSET];
        if (u == null) {
            u = code.decode(here, linear & PAGE_OFFSET, c.mmu.peek((linear | PAGE_OFFSET) + 1));
        }
        c.fetchedLine = c.repeatLine;
        c.repeatLine = 0;
        c.eip += u.length;
        c.instructions++;
        rare.resume(u);
    }

    /** Brings the line of a linear address and finds the decoded page that it belongs to. */
    private void fetch(int linear) {
        boolean jumped = c.fetchedLine == Core.NO_LINE;
        c.fetchedLine = Core.NO_LINE;
        int offset = linear - seg.base[Cpu.CS];
        int end = offset + (~linear & Cache.LINE - 1) + Cache.LINE;
        nearLimit = Integer.compareUnsigned(end, seg.limit[Cpu.CS]) > 0 || Integer.compareUnsigned(end, offset) < 0;
        int physical = fetch.line(linear, jumped, nearLimit);
        c.fetchedPage = physical & ~PAGE_OFFSET;
        if (page.physical != c.fetchedPage || page.code32 != c.code32()) {
            findPage();
        }
        c.fetchedLine = linear >>> LINE_SHIFT;
    }

    /** Decodes; an instruction that reaches into the next page has that page translated, which may fault. */
    private Uop decode(int linear) {
        Uop u = code.decode(page, linear & PAGE_OFFSET, -1);
        if (u == null) {
            int next = c.mmu.translate((linear | PAGE_OFFSET) + 1, Mmu.READ);
            u = code.decode(page, linear & PAGE_OFFSET, next & 0xFFFF_FFFFL);
        }
        return u;
    }

    /** The mnemonic of the instruction at the instruction pointer, in the page where code was last taken from. */
    String mnemonic() {
        Uop u = page.uops[seg.base[Cpu.CS] + c.eip & PAGE_OFFSET];
        return u == null || u.form == null ? "instruction" : u.form.mnemonic().toLowerCase(Locale.ROOT);
    }

    private void findPage() {
        page = code.page(c.fetchedPage, c.code32());
    }

    /** Takes up the state anew after it or memory was replaced: nothing is fetched, no time passes. */
    void resume() {
        nearLimit = true;
        code.clear();
        findPage();
    }

    /** Offset of the memory operand. */
    private int address(Uop u) {
        return r[u.base] + (r[u.index] << u.scale) + u.disp & u.mask;
    }

    private void execute(Uop u) {
        switch (u.op) {
            case Op.ALU_RR -> alu(u, r[u.src]);
            case Op.ALU_RM -> alu(u, seg.read32(u.seg, address(u)));
            case Op.ALU_RI -> alu(u, u.imm);
            case Op.ALU_MR -> aluToMemory(u, r[u.src]);
            case Op.ALU_MI -> aluToMemory(u, u.imm);
            case Op.ALU_RR_N -> aluNarrow(u, c.reg(u.src, u.bits));
            case Op.ALU_RM_N -> aluNarrow(u, c.read(u.seg, address(u), u.bits));
            case Op.ALU_RI_N -> aluNarrow(u, u.imm);
            case Op.ALU_MR_N -> aluToMemoryNarrow(u, c.reg(u.src, u.bits));
            case Op.ALU_MI_N -> aluToMemoryNarrow(u, u.imm);
            case Op.MOV_RR -> r[u.dst] = r[u.src];
            case Op.MOV_RM -> r[u.dst] = seg.read32(u.seg, address(u));
            case Op.MOV_MR -> seg.write32(u.seg, address(u), r[u.src]);
            case Op.MOV_RI -> r[u.dst] = u.imm;
            case Op.MOV_MI -> seg.write32(u.seg, address(u), u.imm);
            case Op.MOV_RR_N -> c.setReg(u.dst, u.bits, c.reg(u.src, u.bits));
            case Op.MOV_RM_N -> c.setReg(u.dst, u.bits, c.read(u.seg, address(u), u.bits));
            case Op.MOV_MR_N -> c.write(u.seg, address(u), u.bits, c.reg(u.src, u.bits));
            case Op.MOV_RI_N -> c.setReg(u.dst, u.bits, u.imm);
            case Op.MOV_MI_N -> c.write(u.seg, address(u), u.bits, u.imm);
            case Op.INC_R -> r[u.dst] = Alu.increment(flags, r[u.dst], 0);
            case Op.DEC_R -> r[u.dst] = Alu.decrement(flags, r[u.dst], 0);
            case Op.LEA -> c.setReg(u.dst, u.bits, address(u));
            case Op.PUSH_R -> c.push(u.bits, r[u.dst]);
            case Op.POP_R -> c.setReg(u.dst, u.bits, c.pop(u.bits));
            case Op.PUSH_I -> c.push(u.bits, u.imm);
            case Op.JCC -> {
                if (flags.condition(u.sub)) {
                    branch(u);
                }
            }
            case Op.JMP -> jumpRelative(u);
            case Op.CALL -> call(u);
            case Op.RET -> ret(u);
            case Op.SHIFT_RI -> shift(u);
            case Op.MOVZX_RR -> c.setReg(u.dst, u.sub, c.reg(u.src, u.bits));
            case Op.MOVZX_RM -> c.setReg(u.dst, u.sub, c.read(u.seg, address(u), u.bits));
            case Op.MOVSX_RR -> c.setReg(u.dst, u.sub, c.reg(u.src, u.bits) << u.shift >> u.shift);
            case Op.MOVSX_RM -> c.setReg(u.dst, u.sub, c.read(u.seg, address(u), u.bits) << u.shift >> u.shift);
            case Op.NOP -> {}
            case Op.LOCKED -> locked(u);
            default -> rare.execute(u);
        }
    }

    private void locked(Uop u) {
        c.mmu.bus.lock(u.imm2);
        try {
            execute(u.unlocked);
        } finally {
            c.mmu.bus.unlock();
        }
    }

    private void alu(Uop u, int b) {
        int result = Alu.operate(flags, u.sub, r[u.dst], b, 0);
        if (u.sub < Alu.CMP) {
            r[u.dst] = result;
        }
    }

    private void aluNarrow(Uop u, int b) {
        int result = Alu.operate(flags, u.sub, c.reg(u.dst, u.bits), b, u.shift);
        if (u.sub < Alu.CMP) {
            c.setReg(u.dst, u.bits, result);
        }
    }

    private void aluToMemory(Uop u, int b) {
        int at = address(u);
        if (u.sub < Alu.CMP) {
            seg.write32(u.seg, at, Alu.operate(flags, u.sub, seg.update32(u.seg, at), b, 0));
        } else {
            Alu.operate(flags, u.sub, seg.read32(u.seg, at), b, 0);
        }
    }

    private void aluToMemoryNarrow(Uop u, int b) {
        int at = address(u);
        if (u.sub < Alu.CMP) {
            c.write(u.seg, at, u.bits, Alu.operate(flags, u.sub, c.update(u.seg, at, u.bits), b, u.shift));
        } else {
            Alu.operate(flags, u.sub, c.read(u.seg, at, u.bits), b, u.shift);
        }
    }

    private void branch(Uop u) {
        ledger.execute(u.taken);
        jumpRelative(u);
    }

    private void jumpRelative(Uop u) {
        int target = c.eip + u.imm;
        c.jumpChecked(u.bits == 32 ? target : target & 0xFFFF);
    }

    private void call(Uop u) {
        int back = c.eip;
        int target = back + u.imm;
        target = u.bits == 32 ? target : target & 0xFFFF;
        c.checkTarget(target);
        c.push(u.bits, back);
        c.jump(target);
    }

    private void ret(Uop u) {
        int target = c.stackAt(0, u.bits);
        c.checkTarget(target);
        r[Cpu.ESP] = c.movedStack(u.bits >> 3);
        c.jump(target);
    }

    private void shift(Uop u) {
        c.setReg(u.dst, u.bits, Shifts.operate(flags, u.sub, c.reg(u.dst, u.bits), u.imm, u.shift));
        Timing.rotateThroughCarry(c, u, u.imm);
    }
}
