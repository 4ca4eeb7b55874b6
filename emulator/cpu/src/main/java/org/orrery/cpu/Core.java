package org.orrery.cpu;

import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;
import org.orrery.isa.Clock;
import org.orrery.isa.Form;

/**
 * The registers of the i486 and the primitives that all instructions share: operands in registers, the stack, faults, time. The engine
 * and the rooms of semantics ({@link FarTransfers}, {@link Interrupts}, {@link SystemOps}, ...) work on it; it knows none of them.
 */
final class Core implements Stateful {
    static final int CR0_PE = 1;
    static final int CR0_MP = 1 << 1;
    static final int CR0_EM = 1 << 2;
    static final int CR0_TS = 1 << 3;
    static final int CR0_ET = 1 << 4;
    static final int CR0_NE = 1 << 5;
    static final int CR0_WP = 1 << 16;
    static final int CR0_AM = 1 << 18;
    static final int CR0_NW = 1 << 29;
    static final int CR0_CD = 1 << 30;
    static final int CR0_PG = 1 << 31;

    /** No line of code is in the prefetch queue. */
    static final int NO_LINE = -1;

    /** General registers, and a ninth that is always zero: the base or index that an address does not have. */
    final int[] r = new int[9];

    final Flags flags;
    final CpuConfig config;
    final Ledger ledger = new Ledger();
    final Pipeline pipeline = new Pipeline(ledger);
    final GuestFault fault = new GuestFault();
    final Mmu mmu;
    final Segments seg;
    final Fpu fpu;
    final PortBus ports;
    final DebugRegisters debug;

    /** During an instruction, the offset of the next one. */
    int eip;
    /** The offset of the instruction in execution. */
    int instructionEip;

    int cr0;
    int cpl;
    int gdtBase;
    int gdtLimit;
    int idtBase;
    int idtLimit;

    /** Linear address / 16 of the line that code is taken from, or {@link #NO_LINE} after a jump. */
    int fetchedLine = NO_LINE;

    /** In place of a line: a REP was left between two iterations and goes on at {@link #eip}; {@link #repeatLine} is its line. */
    static final int REPEATING = -2;

    int repeatLine;

    /** Physical address of the page that this line is in. */
    int fetchedPage;
    /** The loop runs until {@code now} reaches this cycle; set to 0 to make it come back after the instruction in execution. */
    long deadline;
    /** INTR and NMI wait until one more instruction has run (STI, MOV SS, POP SS). */
    boolean interruptShadow;
    /** Debug traps wait as well (MOV SS, POP SS). */
    boolean trapShadow;

    /** NMI is held off until the next IRET. */
    boolean nmiBlocked;

    boolean halted;
    long instructions;

    Core(CpuConfig config, PhysicalMemory memory, PortBus ports) {
        this.config = config;
        this.ports = ports;
        flags = new Flags(config.cpuid());
        mmu = new Mmu(config, memory, ledger, fault);
        seg = new Segments(mmu, fault);
        debug = new DebugRegisters(this);
        fpu = new Fpu(config.fpu());
    }

    /** Protected mode proper: segments are descriptors. */
    boolean protectedMode() {
        return (cr0 & CR0_PE) != 0 && (flags.others & Flags.VM) == 0;
    }

    /** CR0.PE: interrupts go through gates, privilege counts. */
    boolean protection() {
        return (cr0 & CR0_PE) != 0;
    }

    /** Virtual 8086 mode. */
    boolean v86() {
        return (cr0 & CR0_PE) != 0 && (flags.others & Flags.VM) != 0;
    }

    /**
     * In virtual 8086 mode CLI, STI, PUSHF, POPF, INT n and IRET need IOPL 3.
     *
     * @param clocks beyond INT that the exception takes
     */
    void requireVirtualIopl(int clocks) {
        if (v86() && flags.iopl() < 3) {
            throw general(0).taking(clocks);
        }
    }

    boolean code32() {
        return seg.big(Cpu.CS);
    }

    /** Charges the clocks that a form's row gives for a condition. */
    void charge(Form form, Clock condition) {
        int clocks = form.clocks(condition);
        if (clocks < 0) {
            throw new AssertionError(form.mnemonic() + " has no clocks for " + condition);
        }
        ledger.charge(Cause.EXECUTE, clocks);
    }

    /**
     * Charges a figure that contains some stores: these leave one in each of its last clocks and charge those themselves, so that write buffers
     * empty in between (inferred: microcode stores one dword in a clock, and Intel's figures contain no wait for buffers).
     */
    void chargeBeforeStores(int clocks, int stores) {
        ledger.execute(clocks - stores);
    }

    /** Charges by mode, for the forms that have one figure for real and one for protected mode. */
    void chargeByMode(Form form) {
        charge(form, protectedMode() ? Clock.PROTECTED : Clock.REAL);
    }

    /** What a row gives for something that loads segments, the what-if of free segments considered. */
    int segmentClocks(Form form, Clock condition) {
        int real = form.clocks(Clock.REAL);
        return config.freeSegments() && real >= 0 ? real : form.clocks(condition);
    }

    /** Charges {@link #segmentClocks}. */
    void chargeSegments(Form form, Clock condition) {
        ledger.charge(Cause.EXECUTE, segmentClocks(form, condition));
    }

    /** Ends the inner loop after this instruction, so that events and interrupts are looked at. */
    void leaveLoop() {
        deadline = 0;
    }

    GuestFault general(int errorCode) {
        return fault.of(GuestFault.GP, errorCode);
    }

    GuestFault undefined() {
        return fault.of(GuestFault.UD, 0);
    }

    void requireCpl0() {
        if (cpl != 0) {
            throw general(0);
        }
    }

    /** Changes CPL and what depends on it. */
    void setCpl(int level) {
        cpl = level;
        mmu.user = level == 3 ? Mmu.BY_USER : 0;
    }

    /** Recomputes what depends on EFLAGS and CR0 beyond arithmetic. */
    void controlFlagsChanged() {
        mmu.alignmentCheck = (flags.others & Flags.AC) != 0 && (cr0 & CR0_AM) != 0;
        pipeline.setMode(protectedMode());
        leaveLoop();
    }

    /**
     * Leaves a REP between iterations, to go on as if it had never been left: no set-up clocks, no fetch. A jump, as to an interrupt
     * handler, forgets that.
     */
    void leaveRepeat() {
        eip = instructionEip;
        repeatLine = fetchedLine;
        fetchedLine = REPEATING;
    }

    /** Continues at an offset in the code segment; the caller has checked it against the limit or leaves that to the fetch. */
    void jump(int offset) {
        eip = offset;
        fetchedLine = NO_LINE;
        repeatLine = 0;
    }

    /** Raises the fault of a jump beyond the limit of the code segment. */
    void checkTarget(int offset) {
        if (Integer.compareUnsigned(offset, seg.limit[Cpu.CS]) > 0) {
            throw general(0);
        }
    }

    /** Continues at an offset that must lie within the code segment. */
    void jumpChecked(int offset) {
        checkTarget(offset);
        jump(offset);
    }

    int reg8(int n) {
        return n < 4 ? r[n] & 0xFF : r[n - 4] >>> 8 & 0xFF;
    }

    void setReg8(int n, int value) {
        if (n < 4) {
            r[n] = r[n] & ~0xFF | value & 0xFF;
        } else {
            r[n - 4] = r[n - 4] & ~0xFF00 | (value & 0xFF) << 8;
        }
    }

    void setReg16(int n, int value) {
        r[n] = r[n] & 0xFFFF_0000 | value & 0xFFFF;
    }

    /** A register of 8, 16 or 32 bits, zero-extended. */
    int reg(int n, int bits) {
        return switch (bits) {
            case 32 -> r[n];
            case 16 -> r[n] & 0xFFFF;
            default -> reg8(n);
        };
    }

    void setReg(int n, int bits, int value) {
        switch (bits) {
            case 32 -> r[n] = value;
            case 16 -> setReg16(n, value);
            default -> setReg8(n, value);
        }
    }

    int read(int segment, int offset, int bits) {
        return switch (bits) {
            case 32 -> seg.read32(segment, offset);
            case 16 -> seg.read16(segment, offset);
            default -> seg.read8(segment, offset);
        };
    }

    /** Reads what will be written back: see {@link Segments#update32}. */
    int update(int segment, int offset, int bits) {
        return switch (bits) {
            case 32 -> seg.update32(segment, offset);
            case 16 -> seg.update16(segment, offset);
            default -> seg.update8(segment, offset);
        };
    }

    void write(int segment, int offset, int bits, int value) {
        switch (bits) {
            case 32 -> seg.write32(segment, offset, value);
            case 16 -> seg.write16(segment, offset, value);
            default -> seg.write8(segment, offset, value);
        }
    }

    int stackMask() {
        return seg.big(Cpu.SS) ? ~0 : 0xFFFF;
    }

    /** ESP moved by some bytes, in a 16-bit stack only its low half. */
    int movedStack(int by) {
        int mask = stackMask();
        return r[Cpu.ESP] & ~mask | r[Cpu.ESP] + by & mask;
    }

    void push32(int value) {
        int sp = movedStack(-4);
        seg.write32(Cpu.SS, sp & stackMask(), value);
        r[Cpu.ESP] = sp;
    }

    void push16(int value) {
        int sp = movedStack(-2);
        seg.write16(Cpu.SS, sp & stackMask(), value);
        r[Cpu.ESP] = sp;
    }

    void push(int bits, int value) {
        if (bits == 32) {
            push32(value);
        } else {
            push16(value);
        }
    }

    /**
     * Pushes a selector or an error code as an operand of some bits. ESP moves by all of them, but the i486 writes two bytes and leaves
     * the upper half as it was. Source: Intel SDM volume 3, section 22.31, selector pushes and error code pushes.
     */
    void pushWord(int bits, int value) {
        int sp = movedStack(-(bits >> 3));
        seg.write16(Cpu.SS, sp & stackMask(), value);
        r[Cpu.ESP] = sp;
    }

    /** The value {@code at} bytes above the stack pointer, which stays. */
    int stackAt(int at, int bits) {
        return read(Cpu.SS, movedStack(at) & stackMask(), bits);
    }

    int pop32() {
        int value = seg.read32(Cpu.SS, r[Cpu.ESP] & stackMask());
        r[Cpu.ESP] = movedStack(4);
        return value;
    }

    int pop(int bits) {
        if (bits == 32) {
            return pop32();
        }
        int value = seg.read16(Cpu.SS, r[Cpu.ESP] & stackMask());
        r[Cpu.ESP] = movedStack(2);
        return value;
    }

    @Override
    public String stateName() {
        return "core";
    }

    @Override
    public void save(StateWriter out) {
        out.putInts("registers", r);
        out.put("eflags", flags.get());
        out.put("eip", eip);
        out.put("cr0", cr0);
        out.put("cpl", cpl);
        out.putInts("tables", new int[] {gdtBase, gdtLimit, idtBase, idtLimit});
        out.put("fetchedLine", fetchedLine);
        out.put("repeatLine", repeatLine);
        out.put("fetchedPage", fetchedPage);
        out.put("interruptShadow", interruptShadow);
        out.put("trapShadow", trapShadow);
        out.put("nmiBlocked", nmiBlocked);
        out.put("halted", halted);
        out.put("instructions", instructions);
        ledger.save(out);
        pipeline.save(out);
        seg.save(out);
        mmu.save(out);
        fpu.save(out);
        debug.save(out);
    }

    @Override
    public void load(StateReader in) {
        in.getInts("registers", r);
        flags.set(in.getInt("eflags"));
        eip = in.getInt("eip");
        cr0 = in.getInt("cr0");
        cpl = in.getInt("cpl");
        int[] tables = new int[4];
        in.getInts("tables", tables);
        gdtBase = tables[0];
        gdtLimit = tables[1];
        idtBase = tables[2];
        idtLimit = tables[3];
        fetchedLine = in.getInt("fetchedLine");
        repeatLine = in.getInt("repeatLine");
        fetchedPage = in.getInt("fetchedPage");
        interruptShadow = in.getBoolean("interruptShadow");
        trapShadow = in.getBoolean("trapShadow");
        nmiBlocked = in.getBoolean("nmiBlocked");
        halted = in.getBoolean("halted");
        instructions = in.getLong("instructions");
        ledger.load(in);
        pipeline.setMode(protectedMode());
        pipeline.load(in);
        seg.load(in);
        mmu.load(in);
        fpu.load(in);
        debug.load(in);
    }
}
