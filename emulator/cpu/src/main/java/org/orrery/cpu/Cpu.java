package org.orrery.cpu;

import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;

/**
 * The i486: registers, MMU with TLB, cache, the clock ledger and the engine, put together and seen from outside.
 * Not thread-safe but for {@link #requestStop}.
 */
public final class Cpu implements Stateful {
    public static final int EAX = 0;
    public static final int ECX = 1;
    public static final int EDX = 2;
    public static final int EBX = 3;
    public static final int ESP = 4;
    public static final int EBP = 5;
    public static final int ESI = 6;
    public static final int EDI = 7;

    public static final int ES = 0;
    public static final int CS = 1;
    public static final int SS = 2;
    public static final int DS = 3;
    public static final int FS = 4;
    public static final int GS = 5;

    /** Of all segments after RESET, CS among them: present, writable, accessed. */
    private static final int DATA_RIGHTS =
            Segments.PRESENT | Segments.NOT_SYSTEM | Segments.READ_WRITE | Segments.ACCESSED;

    private static final int LDT_RIGHTS = Segments.PRESENT | 2;
    private static final int TSS_RIGHTS = Segments.PRESENT | 11;

    private final Core core;
    private final ControlOps control;
    private final Interrupts interrupts;
    private final Interpreter interpreter;
    private final CodeFetch fetch;
    private final Sequencer sequencer;

    /** A CPU in its reset state on a board. */
    public Cpu(CpuConfig config, PhysicalMemory memory, PortBus ports, InterruptSource interrupts, EventQueue events) {
        core = new Core(config, memory, ports);
        control = new ControlOps(core);
        SegmentLoader loader = new SegmentLoader(core);
        TaskState task = new TaskState(core);
        TaskSwitch taskSwitch = new TaskSwitch(core, loader);
        this.interrupts = new Interrupts(core, loader, task, taskSwitch);
        PortOps portOps = new PortOps(core);
        StringOps strings = new StringOps(core, portOps);
        FarTransfers far = new FarTransfers(core, loader, task, taskSwitch);
        SystemOps system = new SystemOps(core, loader, far, this.interrupts, portOps, strings);
        CodeCache code = new CodeCache(memory);
        fetch = new CodeFetch(core, code.queue);
        interpreter = new Interpreter(core, code, fetch, new RareOps(core, system, strings));
        sequencer = new Sequencer(core, this.interrupts, interpreter, events, interrupts);
        resetState();
    }

    /** Puts the CPU in its state after RESET: real mode at FFFFFFF0h, TLB and cache empty and off. The ledger goes on. */
    public void reset() {
        resetState();
    }

    private void resetState() {
        java.util.Arrays.fill(core.r, 0);
        core.r[EDX] = core.config.signature();
        core.flags.set(0);
        core.mmu.reset();
        core.cr0 = Core.CR0_CD | Core.CR0_NW | Core.CR0_ET;
        core.setCpl(0);
        for (int segment = ES; segment <= GS; segment++) {
            core.seg.set(segment, 0, 0, 0xFFFF, DATA_RIGHTS);
        }
        core.seg.set(CS, 0xF000, 0xFFFF_0000, 0xFFFF, DATA_RIGHTS);
        core.seg.set(Segments.LDTR, 0, 0, 0xFFFF, LDT_RIGHTS);
        core.seg.set(Segments.TR, 0, 0, 0xFFFF, TSS_RIGHTS);
        core.gdtBase = 0;
        core.gdtLimit = 0xFFFF;
        core.idtBase = 0;
        core.idtLimit = 0x3FF;
        core.fpu.initialize();
        core.halted = false;
        core.interruptShadow = false;
        core.trapShadow = false;
        core.debug.reset();
        sequencer.reset();
        core.nmiBlocked = false;
        core.jump(0xFFF0);
        core.controlFlagsChanged();
    }

    /** Runs until cycle {@code limit} is reached, a stop is requested, or the CPU cannot go on. */
    public Stop run(long limit) {
        return sequencer.run(limit);
    }

    /**
     * Runs the events that are due and takes a pending interrupt, or else executes one instruction; in HLT, lets time pass until the next
     * event. Returns null if all is well.
     */
    public Stop step() {
        return sequencer.step();
    }

    /** Makes {@link #run} return {@link Stop#REQUESTED} at the next instruction boundary. Any thread may call this. */
    public void requestStop() {
        sequencer.requestStop();
    }

    /** The level of the INTR pin. */
    public void setIntr(boolean high) {
        sequencer.setIntr(high);
    }

    /** An edge on the NMI pin. */
    public void raiseNmi() {
        sequencer.raiseNmi();
    }

    /** Connects the FERR# pin. Errors of the x87 show on it while CR0.NE is clear. */
    public void connectNumericError(NumericErrorLine line) {
        core.fpu.connect(line);
    }

    /** The level of the IGNNE# pin: while active, and CR0.NE clear, errors of the x87 are ignored. */
    public void setIgnoreNumericError(boolean active) {
        core.fpu.ignoresErrors = active;
    }

    /** One line on why the last {@link Stop} came: instruction and address, or the faults that led to shutdown. */
    public String stopReason() {
        return sequencer.stopReason();
    }

    /** The vector of the interrupt or exception that the last {@link #step} entered, INT n among them, or -1. */
    public int lastVector() {
        return interrupts.last();
    }

    /** Whether {@link #lastVector} was entered by INT n, INT3 or INTO, and not by a fault or a hardware interrupt. */
    public boolean lastVectorSoftware() {
        return interrupts.lastSoftware();
    }

    /** Guest instructions executed since reset; each iteration of a REP counts as one. */
    public long instructions() {
        return core.instructions;
    }

    public Ledger ledger() {
        return core.ledger;
    }

    public Tlb tlb() {
        return core.mmu.tlb;
    }

    public Cache cache() {
        return core.mmu.cache;
    }

    /** Whether the CPU waits in HLT. */
    public boolean halted() {
        return core.halted;
    }

    /** A general register by number. */
    public int register(int number) {
        return core.r[number];
    }

    public void setRegister(int number, int value) {
        core.r[java.util.Objects.checkIndex(number, 8)] = value;
    }

    /** Offset of the next instruction in the code segment. */
    public int eip() {
        return core.eip;
    }

    public void setEip(int value) {
        core.jump(value);
    }

    public int eflags() {
        return core.flags.get();
    }

    public void setEflags(int value) {
        core.flags.set(value);
        core.controlFlagsChanged();
    }

    /** The visible part of a segment register. */
    public int selector(int segment) {
        return core.seg.selector[segment];
    }

    /** The hidden base of a segment register. */
    public int segmentBase(int segment) {
        return core.seg.base[segment];
    }

    /** The hidden limit in bytes, granularity applied. */
    public int segmentLimit(int segment) {
        return core.seg.limit[segment];
    }

    /** The access rights as LAR would show them, shifted right by 8: type, S, DPL, P, then AVL, D/B, G in bits 12 to 15. */
    public int segmentRights(int segment) {
        return core.seg.rights[segment];
    }

    /** Loads a segment register with everything hidden, as a boot protocol demands; no checks. CPL becomes the DPL of CS. */
    public void setSegment(int segment, int selector, int base, int limit, int rights) {
        core.seg.set(segment, selector, base, limit, rights);
        if (segment == CS) {
            core.setCpl(core.seg.dpl(CS));
            core.fetchedLine = Core.NO_LINE;
        }
    }

    /** Linear base of the current task state segment. */
    public int taskBase() {
        return core.seg.base[Segments.TR];
    }

    public int gdtBase() {
        return core.gdtBase;
    }

    public int gdtLimit() {
        return core.gdtLimit;
    }

    public int idtBase() {
        return core.idtBase;
    }

    public int idtLimit() {
        return core.idtLimit;
    }

    /** CR0, CR2 or CR3. */
    public int control(int number) {
        return switch (number) {
            case 0 -> core.cr0;
            case 2 -> core.mmu.faultAddress;
            case 3 -> core.mmu.directory();
            default -> throw new IllegalArgumentException("no control register " + number);
        };
    }

    /**
     * Sets CR0 or CR3 as MOV would; for boot loaders and debuggers.
     *
     * @throws IllegalArgumentException for another register, or a value that the CPU refuses
     */
    public void setControl(int number, int value) {
        try {
            switch (number) {
                case 0 -> control.setCr0(value);
                case 3 -> core.mmu.setDirectory(value);
                default -> throw new IllegalArgumentException("no control register " + number + " to set");
            }
        } catch (GuestFault f) {
            throw new IllegalArgumentException(String.format("control register %d cannot be %08x", number, value), f);
        }
    }

    /** A debug register, 0 to 7. */
    public int debugRegister(int number) {
        return core.debug.peek(java.util.Objects.checkIndex(number, 8));
    }

    /** A pulse on the FLUSH# pin between two instructions: the on-chip cache holds nothing after it. Takes no time itself. */
    public void flushCache() {
        core.mmu.bus.invalidate();
    }

    /** Current privilege level, 0 to 3. */
    public int cpl() {
        return core.cpl;
    }

    /** Whether code is fetched as 32-bit code. */
    public boolean code32() {
        return core.code32();
    }

    /**
     * Translates without side effects: no TLB fill, no accessed bits, no time.
     *
     * @return the physical address as an unsigned number, or -1 if the page is not present
     */
    public long translate(int linear) {
        return core.mmu.peek(linear);
    }

    /** For tests that look beneath the surface. */
    Core core() {
        return core;
    }

    /** For tests that take faults before they are delivered. */
    Interpreter interpreter() {
        return interpreter;
    }

    @Override
    public String stateName() {
        return "cpu";
    }

    @Override
    public void save(StateWriter out) {
        sequencer.save(out);
        core.save(out);
        fetch.save(out);
    }

    @Override
    public void load(StateReader in) {
        sequencer.load(in);
        core.load(in);
        fetch.load(in);
        interpreter.resume();
    }
}
