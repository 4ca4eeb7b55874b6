package org.orrery.cpu;

import org.orrery.isa.Clock;
import org.orrery.isa.Form;
import org.orrery.isa.InstructionSet;

/** Delivery of interrupts and exceptions, in real mode through the vector table, in protected mode through gates. */
final class Interrupts {
    /** How an interrupt comes about. */
    enum Kind {
        /** INT n, INT3, INTO: checked against the gate's DPL. */
        SOFTWARE,
        /** INTR or NMI. */
        EXTERNAL,
        /** An exception, with the instruction to be restarted. */
        FAULT,
        /** A debug trap, after the instruction. */
        TRAP
    }

    /** External INTR takes INT + 11 clocks, NMI INT + 3. Recalled from Intel's clock table, unverified. */
    private static final int INTR_CLOCKS = 11;

    private static final int NMI_CLOCKS = 3;
    /** As of most faults (inferred). */
    private static final int DEBUG_CLOCKS = 24;

    /** The vector of the debug exception. */
    static final int DEBUG = 1;

    private static final int EXTERNAL_BIT = 1;
    private static final int IDT_BIT = 2;
    private static final int INTERRUPT_GATE = 6;
    private static final int TRAP_GATE = 7;
    private static final int TASK_GATE = 5;

    private final Core c;
    private final SegmentLoader loader;
    private final TaskState task;
    private final TaskSwitch taskSwitch;
    private final StackFrame frame;
    private final Descriptor gate = new Descriptor();
    private final Descriptor target = new Descriptor();
    /** The row whose clocks are the base figure INT of the table. */
    private final Form base;

    /** The vector entered last, for observers; -1 after {@link #forgetLast}. */
    private int last = -1;

    /** Whether that was by INT n, INT3 or INTO. */
    private boolean lastSoftware;

    Interrupts(Core core, SegmentLoader loader, TaskState task, TaskSwitch taskSwitch) {
        c = core;
        this.loader = loader;
        this.task = task;
        this.taskSwitch = taskSwitch;
        frame = new StackFrame(core);
        base = InstructionSet.i486().forms("INT3").get(0);
    }

    int last() {
        return last;
    }

    boolean lastSoftware() {
        return lastSoftware;
    }

    void forgetLast() {
        last = -1;
    }

    /** INT n and its kin, with the clocks of their own row; returns to the next instruction. */
    void software(int vector, Form form) {
        deliver(vector, Kind.SOFTWARE, 0, c.eip, form);
    }

    void external(int vector) {
        c.ledger.charge(Cause.EXECUTE, vector == GuestFault.NMI ? NMI_CLOCKS : INTR_CLOCKS);
        deliver(vector, Kind.EXTERNAL, 0, c.eip, base);
    }

    /** An exception that returns to the instruction which raised it. */
    void fault(int vector, int errorCode) {
        c.ledger.charge(Cause.EXECUTE, c.fault.clocks);
        deliver(vector, Kind.FAULT, errorCode, c.eip, base);
    }

    /** The debug exception; {@code kind} tells whether it restarts its instruction. */
    void debug(Kind kind) {
        c.ledger.charge(Cause.EXECUTE, DEBUG_CLOCKS);
        deliver(DEBUG, kind, 0, c.eip, base);
    }

    private void deliver(int vector, Kind kind, int errorCode, int returnEip, Form form) {
        if (c.protection()) {
            deliverProtected(vector, kind, errorCode, returnEip, form);
        } else {
            throughTable(vector, returnEip, form);
        }
        last = vector;
        lastSoftware = kind == Kind.SOFTWARE;
        c.halted = false;
        c.interruptShadow = false;
        c.trapShadow = false;
        c.controlFlagsChanged();
    }

    /** Faults that name a selector have EXT set unless the program asked for the interrupt. */
    private void deliverProtected(int vector, Kind kind, int errorCode, int returnEip, Form form) {
        try {
            throughGate(vector, kind, errorCode, returnEip, form);
        } catch (GuestFault f) {
            boolean selector = f.vector >= GuestFault.TS && f.vector <= GuestFault.GP;
            throw kind != Kind.SOFTWARE && selector ? c.fault.of(f.vector, f.errorCode | EXTERNAL_BIT) : f;
        }
    }

    private void throughTable(int vector, int returnEip, Form form) {
        if (4 * vector + 3 > c.idtLimit) {
            throw c.general(8 * vector + IDT_BIT);
        }
        int entry = c.mmu.systemRead32(c.idtBase + 4 * vector);
        c.chargeBeforeStores(form.clocks(Clock.REAL), 3);
        frame.current();
        frame.push(16, c.flags.get());
        frame.push(16, c.seg.selector[Cpu.CS]);
        frame.push(16, returnEip);
        frame.commit(loader);
        c.flags.others &= ~(Flags.IF | Flags.TF | Flags.AC);
        loader.loadReal(Cpu.CS, entry >>> 16);
        c.jump(entry & 0xFFFF);
    }

    private void throughGate(int vector, Kind kind, int errorCode, int returnEip, Form form) {
        readGate(vector, kind);
        if (gate.systemType() == TASK_GATE) {
            throughTask(kind, vector, errorCode, form);
            return;
        }
        int selector = gate.gateSelector();
        if ((selector & ~3) == 0) {
            throw c.general(0);
        }
        if (!loader.find(selector, target) || !target.code() || target.dpl() > c.cpl) {
            throw c.general(selector & ~3);
        }
        if (!target.present()) {
            throw c.fault.of(GuestFault.NP, selector & ~3);
        }
        boolean inner = !target.conforming() && target.dpl() < c.cpl;
        int level = inner ? target.dpl() : c.cpl;
        boolean virtual = c.v86();
        if (virtual && level != 0) {
            throw c.general(selector & ~3);
        }
        Clock condition = virtual ? Clock.FROM_V86 : inner ? Clock.GATE_INNER : Clock.PROTECTED;
        boolean hasCode = kind == Kind.FAULT && GuestFault.hasErrorCode(vector);
        int segments = virtual ? VIRTUAL_SEGMENTS.length * SEGMENT_PUSH : 0;
        c.chargeBeforeStores(c.segmentClocks(form, condition) - segments, 3 + (inner ? 2 : 0) + (hasCode ? 1 : 0));
        pushFrame(vector, kind, errorCode, returnEip, inner, level);
        int offset = gate.gateOffset();
        if (Integer.compareUnsigned(offset, target.limit()) > 0) {
            throw c.general(0);
        }
        c.setCpl(level);
        c.flags.others &= ~Flags.VM;
        frame.commit(loader);
        if (virtual) {
            for (int s : VIRTUAL_SEGMENTS) {
                c.seg.set(s, 0, 0, 0, 0);
            }
        }
        loader.commit(Cpu.CS, selector & ~3 | level, target);
        c.jump(offset);
        boolean masks = (gate.systemType() & 7) == INTERRUPT_GATE;
        c.flags.others &= ~(Flags.TF | Flags.NT | Flags.RF | (masks ? Flags.IF : 0));
    }

    /** The handler is a task of its own; the interrupted one returns by IRET with NT set. */
    private void throughTask(Kind kind, int vector, int errorCode, Form form) {
        c.charge(form, Clock.TASK_GATE);
        if (restarts(kind, vector)) {
            c.flags.others |= Flags.RF;
        }
        taskSwitch.to(gate.gateSelector(), TaskSwitch.Reason.CALL);
        if (kind == Kind.FAULT && GuestFault.hasErrorCode(vector)) {
            taskSwitch.pushErrorCode(errorCode);
        }
    }

    /** Whether the handler returns to the instruction, which then is not to hit its breakpoint again: RF is set in what is saved. */
    private static boolean restarts(Kind kind, int vector) {
        return kind == Kind.FAULT && vector != GuestFault.DF;
    }

    /** Some of the clocks go with each of the many pushes, so that write buffers empty in between as they do on the chip (inferred). */
    private static final int SEGMENT_PUSH = 2;

    /** The segments that leave virtual 8086 mode null, in the order in which they are pushed. */
    private static final int[] VIRTUAL_SEGMENTS = {Cpu.GS, Cpu.FS, Cpu.DS, Cpu.ES};

    private void readGate(int vector, Kind kind) {
        int code = 8 * vector + IDT_BIT;
        if (8 * vector + 7 > c.idtLimit) {
            throw c.general(code);
        }
        gate.set(c.mmu.systemRead64(c.idtBase + 8 * vector));
        int type = gate.systemType();
        boolean usable = (type & 7) == INTERRUPT_GATE || (type & 7) == TRAP_GATE || type == TASK_GATE;
        if (!gate.system() || !usable || kind == Kind.SOFTWARE && gate.dpl() < c.cpl) {
            throw c.general(code);
        }
        if (!gate.present()) {
            throw c.fault.of(GuestFault.NP, code);
        }
    }

    private void pushFrame(int vector, Kind kind, int errorCode, int returnEip, boolean inner, int level) {
        int bits = gate.gate32() ? 32 : 16;
        if (inner) {
            task.beginInner(level, loader, frame);
            if (c.v86()) {
                for (int s : VIRTUAL_SEGMENTS) {
                    c.chargeBeforeStores(SEGMENT_PUSH, 1);
                    frame.push(bits, c.seg.selector[s]);
                }
            }
            frame.push(bits, c.seg.selector[Cpu.SS]);
            frame.push(bits, c.r[Cpu.ESP]);
        } else {
            frame.current();
        }
        frame.push(bits, c.flags.get() | (restarts(kind, vector) ? Flags.RF : 0));
        frame.push(bits, c.seg.selector[Cpu.CS]);
        frame.push(bits, returnEip);
        if (kind == Kind.FAULT && GuestFault.hasErrorCode(vector)) {
            frame.pushErrorCode(bits, errorCode);
        }
    }
}
