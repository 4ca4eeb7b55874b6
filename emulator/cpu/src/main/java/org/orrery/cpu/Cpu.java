package org.orrery.cpu;

import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;

/** The i486. */
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

    public Cpu(CpuConfig config, PhysicalMemory memory, PortBus ports, InterruptSource interrupts, EventQueue events) {}

    /** Puts the CPU in its state after RESET: real mode at FFFFFFF0h, caches and TLB empty. The ledger goes on. */
    public void reset() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Runs until cycle {@code limit} is reached, a stop is requested, or the CPU cannot go on. */
    public Stop run(long limit) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Executes one instruction, or takes one interrupt or fault, after running the events that are due. */
    public Stop step() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Makes {@link #run} return {@link Stop#REQUESTED} at the next instruction boundary. Any thread may call this. */
    public void requestStop() {
        throw new UnsupportedOperationException("not yet");
    }

    /** The level of the INTR pin. */
    public void setIntr(boolean high) {
        throw new UnsupportedOperationException("not yet");
    }

    /** An edge on the NMI pin. */
    public void raiseNmi() {
        throw new UnsupportedOperationException("not yet");
    }

    /** One line on why the last {@link Stop} came: instruction and address, or the faults that led to shutdown. */
    public String stopReason() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Guest instructions executed since reset; each iteration of a REP counts as one. */
    public long instructions() {
        throw new UnsupportedOperationException("not yet");
    }

    public Ledger ledger() {
        throw new UnsupportedOperationException("not yet");
    }

    /** A general register by number. */
    public int register(int number) {
        throw new UnsupportedOperationException("not yet");
    }

    public void setRegister(int number, int value) {
        throw new UnsupportedOperationException("not yet");
    }

    public int eip() {
        throw new UnsupportedOperationException("not yet");
    }

    public void setEip(int value) {
        throw new UnsupportedOperationException("not yet");
    }

    public int eflags() {
        throw new UnsupportedOperationException("not yet");
    }

    public void setEflags(int value) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The visible part of a segment register. */
    public int selector(int segment) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The hidden base of a segment register. */
    public int segmentBase(int segment) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The hidden limit in bytes, granularity applied. */
    public int segmentLimit(int segment) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The access rights as LAR would show them, shifted right by 8: type, S, DPL, P, then AVL, D/B, G in bits 12 to 15. */
    public int segmentRights(int segment) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Loads a segment register with everything hidden, as a boot protocol demands; no checks. */
    public void setSegment(int segment, int selector, int base, int limit, int rights) {
        throw new UnsupportedOperationException("not yet");
    }

    /** CR0, CR2 or CR3. */
    public int control(int number) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Sets CR0 or CR3 as MOV would; for boot loaders and debuggers. */
    public void setControl(int number, int value) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Current privilege level, 0 to 3. */
    public int cpl() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Whether code is fetched as 32-bit code. */
    public boolean code32() {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * Translates without side effects: no TLB fill, no accessed bits, no time.
     *
     * @return the physical address as an unsigned number, or -1 if the page is not present
     */
    public long translate(int linear) {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public String stateName() {
        return "cpu";
    }

    @Override
    public void save(StateWriter out) {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public void load(StateReader in) {
        throw new UnsupportedOperationException("not yet");
    }
}
