package org.orrery.cpu;

import org.orrery.isa.Clock;

/** Far JMP, CALL, RET and IRET, directly and through call gates. */
final class FarTransfers {
    private static final int CALL_GATE = 4;
    private static final int TASK_GATE = 5;
    /** IRET refused in virtual 8086 mode takes INT + 9 clocks (recalled from Intel's clock table, unverified). */
    private static final int VIRTUAL_TRAP = 9;

    private final Core c;
    private final Segments seg;
    private final SegmentLoader loader;
    private final TaskState task;
    private final TaskSwitch taskSwitch;
    private final StackFrame frame;
    private final Descriptor first = new Descriptor();
    private final Descriptor second = new Descriptor();

    FarTransfers(Core core, SegmentLoader loader, TaskState task, TaskSwitch taskSwitch) {
        c = core;
        seg = core.seg;
        this.loader = loader;
        this.task = task;
        this.taskSwitch = taskSwitch;
        frame = new StackFrame(core);
    }

    void jump(Uop u, int selector, int offset) {
        if (!c.protectedMode()) {
            c.charge(u.form, Clock.REAL);
            checkReal(offset);
            loader.loadRealCode(selector);
            c.jump(offset);
            return;
        }
        Descriptor d = read(selector);
        if (d.system()) {
            if (!switchTask(u, d, TaskSwitch.Reason.JUMP)) {
                jumpThroughGate(u, d);
            }
            return;
        }
        checkCode(d, selector, c.cpl, (selector & 3) > c.cpl);
        enter(d, selector & ~3 | c.cpl, offset);
        c.chargeSegments(u.form, Clock.PROTECTED);
    }

    private void jumpThroughGate(Uop u, Descriptor gate) {
        Descriptor code = readGate(gate);
        int selector = gate.gateSelector();
        checkCode(code, selector, c.cpl, false);
        enter(code, selector & ~3 | c.cpl, gate.gateOffset());
        c.chargeSegments(u.form, Clock.GATE);
    }

    void call(Uop u, int selector, int offset) {
        if (!c.protectedMode()) {
            checkReal(offset);
            c.chargeBeforeStores(u.form.clocks(Clock.REAL), 2);
            pushReturn(u.bits);
            frame.commit(loader);
            loader.loadRealCode(selector);
            c.jump(offset);
            return;
        }
        Descriptor d = read(selector);
        if (d.system()) {
            if (!switchTask(u, d, TaskSwitch.Reason.CALL)) {
                callThroughGate(u, d);
            }
            return;
        }
        checkCode(d, selector, c.cpl, (selector & 3) > c.cpl);
        checkLimit(d, offset);
        c.chargeBeforeStores(c.segmentClocks(u.form, Clock.PROTECTED), 2);
        pushReturn(u.bits);
        frame.commit(loader);
        enter(d, selector & ~3 | c.cpl, offset);
    }

    /** Begins a frame on the current stack with the return address; the caller commits it. */
    private void pushReturn(int bits) {
        frame.current();
        frame.push(bits, seg.selector[Cpu.CS]);
        frame.push(bits, c.eip);
    }

    private void callThroughGate(Uop u, Descriptor gate) {
        Descriptor code = readGate(gate);
        int selector = gate.gateSelector();
        int bits = gate.gate32() ? 32 : 16;
        if (code.dpl() > c.cpl || !code.code()) {
            throw c.general(selector & ~3);
        }
        loader.requirePresent(code, GuestFault.NP);
        checkLimit(code, gate.gateOffset());
        if (!code.conforming() && code.dpl() < c.cpl) {
            callInner(u, gate, code, bits);
            return;
        }
        c.chargeBeforeStores(c.segmentClocks(u.form, Clock.GATE), 2);
        pushReturn(bits);
        frame.commit(loader);
        enter(code, selector & ~3 | c.cpl, gate.gateOffset());
    }

    private void callInner(Uop u, Descriptor gate, Descriptor code, int bits) {
        int level = code.dpl();
        int count = gate.gateParameters();
        task.beginInner(level, loader, frame);
        c.chargeBeforeStores(u.form.clocks(count == 0 ? Clock.GATE_INNER : Clock.GATE_INNER_PARAMS), 4);
        frame.push(bits, seg.selector[Cpu.SS]);
        frame.push(bits, c.r[Cpu.ESP]);
        for (int i = count - 1; i >= 0; i--) {
            c.chargeBeforeStores(u.form.clocks(Clock.PER_PARAM), 1);
            frame.push(bits, c.stackAt(i * (bits >> 3), bits));
        }
        frame.push(bits, seg.selector[Cpu.CS]);
        frame.push(bits, c.eip);
        c.setCpl(level);
        frame.commit(loader);
        enter(code, gate.gateSelector() & ~3 | level, gate.gateOffset());
    }

    /** Reads the descriptor of a far target, whose selector must not be null. */
    private Descriptor read(int selector) {
        if ((selector & ~3) == 0) {
            throw c.general(0);
        }
        loader.read(selector, first);
        return first;
    }

    /** Switches tasks if the descriptor is a TSS or a task gate; returns whether it was. */
    private boolean switchTask(Uop u, Descriptor d, TaskSwitch.Reason reason) {
        int type = d.systemType();
        boolean taskGate = type == TASK_GATE;
        if (!taskGate && (type & 5) != 1) {
            return false;
        }
        if (d.dpl() < Math.max(c.cpl, d.selector & 3)) {
            throw c.general(d.selector & ~3);
        }
        if (taskGate) {
            loader.requirePresent(d, GuestFault.NP);
        }
        c.charge(u.form, taskGate ? Clock.TASK_GATE : Clock.TSS);
        taskSwitch.to(taskGate ? d.gateSelector() : d.selector, reason);
        return true;
    }

    /** Checks a call gate and returns the descriptor that it leads to. */
    private Descriptor readGate(Descriptor gate) {
        int selector = gate.selector & ~3;
        boolean callGate = (gate.systemType() & 7) == CALL_GATE;
        if (!callGate || gate.dpl() < Math.max(c.cpl, gate.selector & 3)) {
            throw c.general(selector);
        }
        loader.requirePresent(gate, GuestFault.NP);
        if ((gate.gateSelector() & ~3) == 0) {
            throw c.general(0);
        }
        loader.read(gate.gateSelector(), second);
        return second;
    }

    private void checkCode(Descriptor d, int selector, int level, boolean rplTooHigh) {
        boolean allowed = d.conforming() ? d.dpl() <= level : d.code() && d.dpl() == level && !rplTooHigh;
        if (!allowed) {
            throw c.general(selector & ~3);
        }
        loader.requirePresent(d, GuestFault.NP);
    }

    private void checkLimit(Descriptor d, int offset) {
        if (Integer.compareUnsigned(offset, d.limit()) > 0) {
            throw c.general(0);
        }
    }

    private void checkReal(int offset) {
        if (Integer.compareUnsigned(offset, seg.limit[Cpu.CS]) > 0) {
            throw c.general(0);
        }
    }

    private void enter(Descriptor d, int selector, int offset) {
        checkLimit(d, offset);
        loader.commit(Cpu.CS, selector, d);
        c.jump(offset);
    }

    /** RETF; {@code release} bytes of parameters are dropped from both stacks. */
    void ret(Uop u, int release) {
        int bytes = u.bits >> 3;
        int eip = c.stackAt(0, u.bits);
        int selector = c.stackAt(bytes, u.bits) & 0xFFFF;
        if (!c.protectedMode()) {
            c.charge(u.form, Clock.REAL);
            returnReal(selector, eip, 2 * bytes + release);
            return;
        }
        Descriptor d = readReturn(selector);
        if ((selector & 3) == c.cpl) {
            enter(d, selector, eip);
            c.r[Cpu.ESP] = c.movedStack(2 * bytes + release);
            c.chargeSegments(u.form, Clock.PROTECTED);
        } else {
            returnOuter(d, selector, eip, 2 * bytes + release, u.bits);
            c.r[Cpu.ESP] = c.movedStack(release);
            c.chargeSegments(u.form, Clock.OUTER);
        }
    }

    private void returnReal(int selector, int eip, int bytes) {
        checkReal(eip);
        loader.loadRealCode(selector);
        c.r[Cpu.ESP] = c.movedStack(bytes);
        c.jump(eip);
    }

    /** The checks on the code segment that a far return goes to. */
    private Descriptor readReturn(int selector) {
        int rpl = selector & 3;
        Descriptor d = read(selector);
        boolean level = d.conforming() ? d.dpl() <= rpl : d.dpl() == rpl;
        if (rpl < c.cpl || !d.code() || !level) {
            throw c.general(selector & ~3);
        }
        loader.requirePresent(d, GuestFault.NP);
        return d;
    }

    /** Returns to an outer level: the stack pointer of that level lies {@code above} bytes up. */
    private void returnOuter(Descriptor code, int selector, int eip, int above, int bits) {
        int level = selector & 3;
        int esp = c.stackAt(above, bits);
        int ss = c.stackAt(above + (bits >> 3), bits) & 0xFFFF;
        loader.readStack(ss, level, GuestFault.GP, second);
        checkLimit(code, eip);
        c.setCpl(level);
        loader.commit(Cpu.CS, selector, code);
        loader.commit(Cpu.SS, ss, second);
        c.r[Cpu.ESP] = outerStack(esp, ss, bits);
        c.jump(eip);
        for (int s : DATA_SEGMENTS) {
            dropInner(s, level);
        }
    }

    /**
     * ESP from a frame. If 16 bits of it return to a 32-bit stack, the i486 has the selector of SS in the upper half. Source: Intel SDM
     * volume 3, section 22.31, interlevel RET and IRET from a 16-bit gate.
     */
    private int outerStack(int esp, int ss, int bits) {
        int mask = c.stackMask();
        int image = bits == 32 ? esp : ss << 16 | esp;
        return c.r[Cpu.ESP] & ~mask | image & mask;
    }

    private static final int[] DATA_SEGMENTS = {Cpu.ES, Cpu.DS, Cpu.FS, Cpu.GS};

    /** A data segment of an inner level does not stay loaded for an outer one. */
    private void dropInner(int segment, int level) {
        int rights = seg.rights[segment];
        boolean conforming =
                (rights & (Segments.CODE | Segments.EXPAND_CONFORM)) == (Segments.CODE | Segments.EXPAND_CONFORM);
        if (!conforming && seg.dpl(segment) < level) {
            seg.set(segment, 0, 0, 0, 0);
        }
    }

    void iret(Uop u) {
        int bytes = u.bits >> 3;
        c.requireVirtualIopl(VIRTUAL_TRAP);
        if (c.protectedMode() && (c.flags.others & Flags.NT) != 0) {
            c.charge(u.form, Clock.TSS);
            taskSwitch.to(taskSwitch.backLink(), TaskSwitch.Reason.RETURN);
            return;
        }
        int eip = c.stackAt(0, u.bits);
        int selector = c.stackAt(bytes, u.bits) & 0xFFFF;
        int image = c.stackAt(2 * bytes, u.bits);
        if (!c.protectedMode()) {
            c.charge(u.form, Clock.REAL);
            returnReal(selector, eip, 3 * bytes);
            int iopl = c.v86() ? 0 : Flags.IOPL;
            setFlags(
                    image,
                    Flags.ARITHMETIC
                            | Flags.TF
                            | Flags.IF
                            | Flags.DF
                            | iopl
                            | Flags.NT
                            | Flags.RF
                            | Flags.AC
                            | Flags.ID,
                    u.bits);
            return;
        }
        if (u.bits == 32 && (image & Flags.VM) != 0 && c.cpl == 0) {
            returnVirtual(u, eip, selector, image);
            return;
        }
        int changeable = returnableFlags();
        Descriptor d = readReturn(selector);
        if ((selector & 3) == c.cpl) {
            enter(d, selector, eip);
            c.r[Cpu.ESP] = c.movedStack(3 * bytes);
            c.chargeSegments(u.form, Clock.PROTECTED);
        } else {
            returnOuter(d, selector, eip, 3 * bytes, u.bits);
            c.chargeSegments(u.form, Clock.OUTER);
        }
        setFlags(image, changeable, u.bits);
    }

    /** IRET in ring 0 to virtual 8086 mode; takes the clocks of a return to an outer level, as an emulator does (inferred). */
    private void returnVirtual(Uop u, int eip, int cs, int image) {
        int esp = c.stackAt(12, 32);
        int ss = c.stackAt(16, 32);
        for (int i = 0; i < VIRTUAL_ORDER.length; i++) {
            popped[i] = c.stackAt(20 + 4 * i, 32);
        }
        c.flags.set(image);
        c.nmiBlocked = false;
        c.setCpl(3);
        c.controlFlagsChanged();
        loader.loadVirtual(Cpu.CS, cs);
        loader.loadVirtual(Cpu.SS, ss & 0xFFFF);
        for (int i = 0; i < VIRTUAL_ORDER.length; i++) {
            loader.loadVirtual(VIRTUAL_ORDER[i], popped[i] & 0xFFFF);
        }
        c.r[Cpu.ESP] = esp;
        c.jump(eip & 0xFFFF);
        c.chargeSegments(u.form, Clock.OUTER);
    }

    private static final int[] VIRTUAL_ORDER = {Cpu.ES, Cpu.DS, Cpu.FS, Cpu.GS};
    private final int[] popped = new int[VIRTUAL_ORDER.length];

    /** What IRET may change at the level that it is executed at. */
    private int returnableFlags() {
        int mask = Flags.ARITHMETIC | Flags.TF | Flags.DF | Flags.NT | Flags.RF | Flags.AC | Flags.ID;
        if (c.cpl == 0) {
            mask |= Flags.IOPL;
        }
        return c.cpl <= c.flags.iopl() ? mask | Flags.IF : mask;
    }

    private void setFlags(int image, int changeable, int bits) {
        int mask = bits == 32 ? changeable : changeable & 0xFFFF;
        c.flags.set(c.flags.get() & ~mask | image & mask);
        c.nmiBlocked = false;
        c.controlFlagsChanged();
    }
}
