package org.orrery.debugger.measure;

import java.util.ArrayList;
import java.util.List;
import org.orrery.cpu.Cause;
import org.orrery.cpu.Cpu;
import org.orrery.isa.debug.DebugInfo;
import org.orrery.pc.Machine;
import org.orrery.pc.Outcome;

/**
 * Runs a machine one instruction at a time and charges every cycle that passes to the phase and the function of the instruction that took
 * it. The guest neither sees nor pays it. What the accounts hold is always all that passed since the measurement began.
 */
public final class Measurement {
    private static final int CAUSES = Cause.values().length;
    private static final int NO_VECTOR = -1;
    private static final int EXCEPTIONS = 32;
    private static final int NMI = 2;
    private static final int USER_LEVEL = 3;
    /** The name of code that belongs to no function. */
    public static final String NO_FUNCTION = "(no symbol)";

    private final Machine machine;
    private final Cpu cpu;
    private final PhaseMap phases;
    private final AddressMap functions;
    private final Account byPhase;
    private final Account byFunction;
    private final Trail trail = new Trail();
    private final MissLog misses;
    private final long start;

    private final long[] ledgerBefore = new long[CAUSES];
    private final long[] ledger = new long[CAUSES];
    private long instructions;

    /** What the last step added to the accounts. */
    private int lastPhase;

    private int lastCpl;
    private boolean lastEnteredByInt;
    private long lastExecuted;
    /** The cycle after the last step. */
    private long lastCycle;

    /** Begins a measurement at the present cycle. */
    public Measurement(Machine machine, PhaseMap phases, AddressMap functions) {
        this.machine = machine;
        cpu = machine.cpu();
        this.phases = phases;
        this.functions = functions;
        byPhase = new Account(phases.names());
        byFunction = new Account(withRest(functions.names()));
        misses = new MissLog(cpu);
        start = cpu.ledger().now();
        lastCycle = start;
        cpu.ledger().copyTo(ledger);
        instructions = cpu.instructions();
    }

    /** Begins a measurement with the phases and functions that debug information tells. */
    public static Measurement of(Machine machine, DebugInfo info) {
        return new Measurement(machine, new PhaseMap(Ranges.phases(info)), AddressMap.of(Ranges.functions(info)));
    }

    private static List<String> withRest(List<String> names) {
        List<String> all = new ArrayList<>(names);
        all.add(NO_FUNCTION);
        return all;
    }

    /** Executes one instruction, or takes one interrupt or fault, and charges what it took. */
    public Outcome step() {
        int linear = cpu.segmentBase(Cpu.CS) + cpu.eip();
        lastCpl = cpu.cpl();
        misses.before();
        Outcome outcome = machine.step();
        attribute(linear);
        misses.after(cpu.ledger().now(), linear, lastPhase);
        return outcome;
    }

    /** Runs until cycle {@code limit} is reached, the guest ends the run, the host asks for it, or the guest cannot go on. */
    public Outcome run(long limit) {
        Outcome outcome = step();
        while (outcome.ending() == Outcome.Ending.LIMIT && machine.now() < limit) {
            outcome = step();
        }
        return outcome;
    }

    private void attribute(int linear) {
        System.arraycopy(ledger, 0, ledgerBefore, 0, CAUSES);
        cpu.ledger().copyTo(ledger);
        lastExecuted = cpu.instructions() - instructions;
        instructions += lastExecuted;
        lastPhase = phase(linear);
        trail.add(lastPhase, lastCycle);
        lastCycle = cpu.ledger().now();
        int function = functions.row(linear);
        int functionRow = function == AddressMap.NO_ROW ? functions.names().size() : function;
        for (int cause = 0; cause < CAUSES; cause++) {
            long clocks = ledger[cause] - ledgerBefore[cause];
            if (clocks != 0) {
                byPhase.charge(lastPhase, cause, clocks);
                byFunction.charge(functionRow, cause, clocks);
            }
        }
        byPhase.count(lastPhase, lastExecuted);
        byFunction.count(functionRow, lastExecuted);
    }

    private int phase(int linear) {
        int vector = cpu.lastVector();
        boolean software = vector != NO_VECTOR && cpu.lastVectorSoftware();
        lastEnteredByInt = software && lastCpl == USER_LEVEL;
        if (lastEnteredByInt) {
            return phases.enter;
        }
        if (vector == NO_VECTOR || software) {
            return phases.phase(linear, lastCpl);
        }
        return vector < EXCEPTIONS && vector != NMI ? phases.exception : phases.interrupt;
    }

    /** Whether the last step executed an INT instruction at CPL 3, whose vector is {@link Cpu#lastVector}. */
    public boolean lastEnteredByInt() {
        return lastEnteredByInt;
    }

    /** The phase of the last step, by number. */
    public int lastPhase() {
        return lastPhase;
    }

    /** The names of the phases, by number. */
    public List<String> phaseNames() {
        return phases.names();
    }

    /** The account by phase since the measurement began. */
    public Account byPhase() {
        return checked(byPhase.copy());
    }

    /** The account by function since the measurement began. */
    public Account byFunction() {
        return checked(byFunction.copy());
    }

    private Account checked(Account account) {
        long elapsed = cpu.ledger().now() - start;
        if (account.total() != elapsed) {
            throw new IllegalStateException(account.total() + " of " + elapsed + " cycles are accounted for");
        }
        return account;
    }

    /** The present moment. */
    public Moment now() {
        return new Moment(cpu.ledger().now(), byPhase());
    }

    /** The moment before the last step. */
    public Moment beforeLastStep() {
        Account before = byPhase.copy();
        long clocks = 0;
        for (int cause = 0; cause < CAUSES; cause++) {
            long charged = ledger[cause] - ledgerBefore[cause];
            before.charge(lastPhase, cause, -charged);
            clocks += charged;
        }
        before.count(lastPhase, -lastExecuted);
        return new Moment(cpu.ledger().now() - clocks, before);
    }

    /** What happened between two moments of this measurement. */
    public Interval between(Moment from, Moment to) {
        return new Interval(
                from.cycle(),
                to.cycle(),
                to.phases().since(from.phases()),
                trail.between(from.cycle(), to.cycle()),
                misses.between(from.cycle(), to.cycle()));
    }
}
