package org.orrery.cpu;

import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;

/** What happens between instructions, in its order: requests to stop, events, interrupts, halt, debug traps, faults. */
final class Sequencer implements Stateful {
    /** How long the loop runs at most before it looks whether somebody asked it to stop; has no influence on the guest. */
    private static final int STOP_CHECK_CYCLES = 1_000_000;

    private final Core core;
    private final Interrupts interrupts;
    private final Interpreter interpreter;
    private final EventQueue events;
    private final InterruptSource interruptSource;

    private boolean intr;
    private boolean nmi;
    private boolean tripleFault;
    private String stopReason = "";
    private volatile boolean stopRequested;

    Sequencer(
            Core core,
            Interrupts interrupts,
            Interpreter interpreter,
            EventQueue events,
            InterruptSource interruptSource) {
        this.core = core;
        this.interrupts = interrupts;
        this.interpreter = interpreter;
        this.events = events;
        this.interruptSource = interruptSource;
    }

    /** RESET drops an NMI that was latched; INTR is a level and stays. */
    void reset() {
        nmi = false;
    }

    /** See {@link Cpu#run}. */
    Stop run(long limit) {
        while (true) {
            Stop stop = prepare(limit);
            if (stop != null) {
                return stop;
            }
            if (!core.halted) {
                boolean attentive = attentive();
                boolean single = attentive || core.interruptShadow;
                core.deadline = single ? 0 : nextLook(limit);
                stop = attentive ? attend() : execute(single);
                if (stop != null) {
                    return stop;
                }
            }
        }
    }

    /** See {@link Cpu#step}. */
    Stop step() {
        interrupts.forgetLast();
        Stop stop = prepare(EventQueue.NEVER);
        if (stop != null || core.halted || interrupts.last() >= 0) {
            return stop;
        }
        core.deadline = 0;
        return attentive() ? attend() : execute(true);
    }

    /** Whether debug traps or breakpoints may come, or RF is to be cleared by the next instruction. */
    private boolean attentive() {
        return (core.flags.others & (Flags.TF | Flags.RF)) != 0 || core.debug.armed();
    }

    /**
     * Executes one instruction under the eyes of the debugging hardware. Behind MOV SS and POP SS a breakpoint on execution counts as if
     * RF were set, and one on data that they hit waits for the next instruction. Source: Intel SDM volume 3, sections 6.8.3 and 17.3.1.
     */
    private Stop attend() {
        if (core.debug.takeTaskTrap()) {
            return trap(DebugRegisters.BT);
        }
        boolean shadow = core.trapShadow;
        boolean resume = shadow || (core.flags.others & Flags.RF) != 0;
        int here = resume ? 0 : core.debug.executionHits(core.seg.base[Cpu.CS] + core.eip);
        if (here != 0) {
            core.debug.report(here);
            deliver(Interrupts.DEBUG, 0);
            return tripleFault ? shutdown() : null;
        }
        boolean trace = (core.flags.others & Flags.TF) != 0;
        core.flags.others &= ~Flags.RF;
        if (!shadow) {
            core.debug.forgetHits();
        }
        interrupts.forgetLast();
        Stop stop = execute(true);
        if (stop != null || core.trapShadow) {
            return stop;
        }
        boolean entered = interrupts.last() >= 0;
        int causes = core.debug.takeHits() | (trace && !entered ? DebugRegisters.BS : 0);
        return causes != 0 && (!entered || interrupts.lastSoftware()) ? trap(causes) : null;
    }

    private Stop trap(int causes) {
        core.debug.report(causes);
        try {
            interrupts.debug(Interrupts.Kind.TRAP);
        } catch (GuestFault f) {
            deliver(f.vector, f.errorCode);
        }
        return tripleFault ? shutdown() : null;
    }

    /** What comes between instructions: requests to stop, events, interrupts, halt. */
    private Stop prepare(long limit) {
        if (stopRequested) {
            stopRequested = false;
            return stopped(Stop.REQUESTED, "stopped on request");
        }
        if (core.ledger.now >= limit) {
            return stopped(Stop.LIMIT, "cycle limit reached");
        }
        events.runDue(core.ledger.now);
        if (stopRequested) {
            stopRequested = false;
            return stopped(Stop.REQUESTED, "stopped on request");
        }
        if (!core.interruptShadow && takeInterrupt()) {
            return tripleFault ? shutdown() : null;
        }
        return core.halted ? idle(limit) : null;
    }

    /** Lets time pass in HLT up to the next event. With interrupts off no event of the board can end the halt. */
    private Stop idle(long limit) {
        if (!core.flags.interruptsEnabled()) {
            return stopped(Stop.DEAD_HALT, "halted with interrupts off " + where());
        }
        long until = Math.min(limit, events.next());
        if (until == EventQueue.NEVER) {
            return stopped(Stop.DEAD_HALT, "halted with no event to come " + where());
        }
        if (until > core.ledger.now) {
            core.ledger.charge(Cause.HALT, until - core.ledger.now);
        }
        return null;
    }

    private long nextLook(long limit) {
        return Math.min(Math.min(limit, events.next()), core.ledger.now + STOP_CHECK_CYCLES);
    }

    /** Executes to the deadline, or one instruction, and delivers the fault if one comes. */
    private Stop execute(boolean single) {
        try {
            if (single) {
                core.interruptShadow = false;
                core.trapShadow = false;
                interpreter.instruction();
            } else {
                interpreter.run();
            }
            return null;
        } catch (GuestFault f) {
            core.eip = core.instructionEip;
            deliver(f.vector, f.errorCode);
            return tripleFault ? shutdown() : null;
        } catch (NotExecutedException e) {
            core.eip = core.instructionEip;
            return stopped(Stop.NOT_EXECUTED, notExecuted(e.getMessage()));
        }
    }

    private boolean takeInterrupt() {
        if (nmi && !core.nmiBlocked) {
            nmi = false;
            core.nmiBlocked = true;
            external(GuestFault.NMI);
            return true;
        }
        if (intr && core.flags.interruptsEnabled()) {
            external(acknowledge());
            return true;
        }
        return false;
    }

    /** The INTA cycles wait like an access to a port, and take their time before the controller is asked. */
    private int acknowledge() {
        core.mmu.bus.port(interruptSource.waitClocks());
        return interruptSource.acknowledge();
    }

    private void external(int vector) {
        try {
            interrupts.external(vector);
        } catch (GuestFault f) {
            deliver(f.vector, f.errorCode);
        }
    }

    /** Delivers an exception; faults on the way make it a double fault, faults in that a shutdown. */
    private void deliver(int vector, int errorCode) {
        int current = vector;
        int code = errorCode;
        core.fetchedLine = Core.NO_LINE;
        while (true) {
            try {
                interrupts.fault(current, code);
                return;
            } catch (GuestFault next) {
                if (current == GuestFault.DF) {
                    tripleFault = true;
                    return;
                }
                boolean doubleFault = contributory(current) && contributory(next.vector)
                        || current == GuestFault.PF && (next.vector == GuestFault.PF || contributory(next.vector));
                current = doubleFault ? GuestFault.DF : next.vector;
                code = doubleFault ? 0 : next.errorCode;
            }
        }
    }

    private static boolean contributory(int vector) {
        return vector == GuestFault.DE || vector >= GuestFault.TS && vector <= GuestFault.GP;
    }

    private Stop shutdown() {
        tripleFault = false;
        return stopped(Stop.TRIPLE_FAULT, "triple fault " + where());
    }

    private Stop stopped(Stop stop, String reason) {
        stopReason = reason;
        return stop;
    }

    private String where() {
        return String.format("at %04x:%08x", core.seg.selector[Cpu.CS], core.eip);
    }

    private String notExecuted(String what) {
        String instruction = interpreter.mnemonic();
        String subject = what == null ? instruction : instruction + " (" + what + ")";
        return subject + " " + where() + " is not executed";
    }

    void requestStop() {
        stopRequested = true;
        core.leaveLoop();
    }

    void setIntr(boolean high) {
        intr = high;
        core.leaveLoop();
    }

    void raiseNmi() {
        nmi = true;
        core.leaveLoop();
    }

    String stopReason() {
        return stopReason;
    }

    @Override
    public String stateName() {
        return "sequencer";
    }

    @Override
    public void save(StateWriter out) {
        out.put("intr", intr);
        out.put("nmi", nmi);
    }

    @Override
    public void load(StateReader in) {
        intr = in.getBoolean("intr");
        nmi = in.getBoolean("nmi");
    }
}
