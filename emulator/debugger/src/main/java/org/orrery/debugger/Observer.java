package org.orrery.debugger;

import java.util.Optional;
import org.orrery.debugger.ipc.IpcListener;
import org.orrery.debugger.ipc.IpcRecord;
import org.orrery.debugger.ipc.IpcWatch;
import org.orrery.debugger.ipc.ThreadLocator;
import org.orrery.debugger.measure.Account;
import org.orrery.debugger.measure.Measurement;
import org.orrery.pc.Outcome;

/** What a session observes of its guest while it steps: cycles by phase, and the messages of a kernel that it understands. */
public final class Observer implements IpcListener {

    private final boolean active;
    private final ThreadLocator threads;
    private final Measurement measurement;
    private final IpcWatch watch;
    private Account phasesBefore;
    private Account functionsBefore;
    private IpcRecord message;

    Observer(Guest guest) {
        threads = ThreadLocator.of(guest.cpu(), guest.memory(), guest.info()).orElse(null);
        active = threads != null || !guest.info().phases().isEmpty();
        measurement = active ? Measurement.of(guest.machine(), guest.info()) : null;
        watch = threads == null ? null : new IpcWatch(guest.cpu(), measurement, threads, this);
        if (active) {
            restart();
        }
    }

    /** Begins the accounts anew. */
    public void restart() {
        phasesBefore = require().byPhase();
        functionsBefore = require().byFunction();
    }

    private Measurement require() {
        if (measurement == null) {
            throw new DebugException("the guest's files mark no phases, so cycles are kept by cause only");
        }
        return measurement;
    }

    /** Cycles by phase since the last restart. */
    public Account byPhase() {
        return require().byPhase().since(phasesBefore);
    }

    /** Cycles by function since the last restart. */
    public Account byFunction() {
        return require().byFunction().since(functionsBefore);
    }

    /** Whether there is anything to observe: marked phases, or a kernel whose IPC is understood. */
    boolean active() {
        return active;
    }

    Outcome step() {
        Outcome outcome = measurement.step();
        if (watch != null) {
            watch.afterStep();
        }
        return outcome;
    }

    @Override
    public void ended(IpcRecord record) {
        message = record;
    }

    /** The message that the last step ended. */
    Optional<IpcRecord> takeMessage() {
        IpcRecord taken = message;
        message = null;
        return Optional.ofNullable(taken);
    }

    /** Finds the running thread, or empty if the guest is no kernel of that kind. */
    public Optional<ThreadLocator> threads() {
        return Optional.ofNullable(threads);
    }

    void requireIpc() {
        if (watch == null) {
            throw new DebugException(ThreadLocator.UNKNOWN);
        }
    }
}
