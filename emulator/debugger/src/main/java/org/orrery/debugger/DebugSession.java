package org.orrery.debugger;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.orrery.debugger.ipc.IpcRecord;
import org.orrery.isa.debug.DebugInfo;
import org.orrery.pc.Machine;
import org.orrery.pc.Outcome;

/**
 * A machine under control. Every method that runs the guest comes back with the reason why it stopped; {@link #interrupt} may be called
 * from another thread meanwhile.
 */
public final class DebugSession {
    /** While nothing is armed and nothing observed, the machine runs this many cycles between looks at the user. */
    private static final long SLICE = 5_000_000;
    /** A frame that ends this many bytes or more above where it began is another stack. */
    private static final int OTHER_STACK = 0x10000;

    private final Guest guest;
    private final Breakpoints breakpoints;
    private final CodeView code;
    private final Observer observer;
    private volatile boolean interrupted;
    private IpcRecord lastMessage;
    private Outcome ended;

    /**
     * Takes control of a machine that is loaded.
     *
     * @param info what is known of its software; {@link DebugInfo#EMPTY} if nothing is
     */
    public DebugSession(Machine machine, DebugInfo info) {
        guest = new Guest(machine, info);
        breakpoints = new Breakpoints(guest);
        code = new CodeView(guest);
        observer = new Observer(guest);
    }

    public Guest guest() {
        return guest;
    }

    public Breakpoints breakpoints() {
        return breakpoints;
    }

    public CodeView code() {
        return code;
    }

    public Observer observer() {
        return observer;
    }

    /** How the guest's run ended, or empty while it can go on. */
    public Optional<Outcome> ended() {
        return Optional.ofNullable(ended);
    }

    /** Makes the run in progress stop soon. Any thread may call this. */
    public void interrupt() {
        interrupted = true;
    }

    /** Executes instructions one by one. */
    public DebugStop step(long count) {
        long[] left = {count};
        return runUntil(() -> --left[0] <= 0);
    }

    /** Executes one instruction; a call, an INT and a REP with all that happens before it comes back. */
    public DebugStop next() {
        int length = code.lengthOfCall(guest.pc());
        if (length == 0) {
            return step(1);
        }
        int target = guest.pc() + length;
        return runUntil(sameStack(() -> guest.pc() == target));
    }

    /** Runs until the function, or the interrupt handler, that executes now has returned. */
    public DebugStop finish() {
        boolean[] returned = {code.isReturn(guest.pc())};
        BooleanSupplier atReturn = sameStack(() -> code.isReturn(guest.pc()));
        return runUntil(() -> {
            boolean done = returned[0];
            returned[0] = !done && atReturn.getAsBoolean();
            return done;
        });
    }

    /** A condition that holds only in this address space and with the stack where it is now, or popped a little. */
    private BooleanSupplier sameStack(BooleanSupplier condition) {
        int stack = guest.stackTop();
        int space = guest.cpu().control(3);
        int level = guest.cpu().cpl();
        return () -> condition.getAsBoolean()
                && guest.cpu().cpl() == level
                && guest.cpu().control(3) == space
                && Integer.compareUnsigned(guest.stackTop() - stack, OTHER_STACK) < 0;
    }

    /** Runs to a linear address. */
    public DebugStop until(int linear) {
        return runUntil(() -> guest.pc() == linear);
    }

    /** Runs until something stops it. */
    public DebugStop resume() {
        return observer.active() || breakpoints.armed() ? runUntil(() -> false) : runFast();
    }

    /**
     * Runs until an IPC is over.
     *
     * @throws DebugException if the guest is no kernel whose IPC this debugger knows
     */
    public DebugStop nextIpc() {
        observer.requireIpc();
        lastMessage = null;
        DebugStop stop = runUntil(() -> lastMessage != null);
        return stop instanceof DebugStop.Done ? new DebugStop.Message(lastMessage) : stop;
    }

    /** Runs until the condition holds after an instruction, or something else stops it. At least one instruction is executed. */
    private DebugStop runUntil(BooleanSupplier condition) {
        requireRunning();
        DebugStop stop = null;
        while (stop == null) {
            stop = advance(condition);
        }
        return stop;
    }

    private void requireRunning() {
        if (ended != null) {
            throw new DebugException("the guest's run has ended");
        }
        interrupted = false;
    }

    private DebugStop advance(BooleanSupplier condition) {
        Optional<IpcRecord> message = Optional.empty();
        Outcome outcome;
        if (observer.active()) {
            outcome = observer.step();
            message = observer.takeMessage();
        } else {
            outcome = guest.machine().step();
        }
        message.ifPresent(m -> lastMessage = m);
        return look(outcome, condition);
    }

    private DebugStop look(Outcome outcome, BooleanSupplier condition) {
        if (!outcome.resumable()) {
            ended = outcome;
            return new DebugStop.Ended(outcome);
        }
        DebugStop stop = breakpoints.check();
        if (stop != null) {
            return stop;
        }
        if (condition.getAsBoolean()) {
            return new DebugStop.Done();
        }
        return interrupted ? new DebugStop.Interrupted() : null;
    }

    /** Runs at the machine's own speed; for when there is nothing to look at between instructions. */
    private DebugStop runFast() {
        requireRunning();
        DebugStop stop = null;
        while (stop == null) {
            stop = look(guest.machine().run(guest.machine().now() + SLICE), () -> false);
        }
        return stop;
    }
}
