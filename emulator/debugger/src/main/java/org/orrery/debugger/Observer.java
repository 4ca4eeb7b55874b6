package org.orrery.debugger;

import java.util.Optional;
import org.orrery.debugger.ipc.IpcListener;
import org.orrery.debugger.ipc.IpcRecord;
import org.orrery.debugger.ipc.IpcWatch;
import org.orrery.debugger.ipc.ThreadLocator;
import org.orrery.debugger.measure.Measurement;
import org.orrery.pc.Outcome;

/** What a session observes of its guest while it steps: cycles by phase, and the messages of a kernel that it understands. */
public final class Observer implements IpcListener {

    private final Guest guest;
    private final boolean active;
    private final ThreadLocator threads;
    private Measurement measurement;
    private IpcWatch watch;
    private IpcRecord message;

    Observer(Guest guest) {
        this.guest = guest;
        threads = ThreadLocator.of(guest.cpu(), guest.memory(), guest.info()).orElse(null);
        active = threads != null || !guest.info().phases().isEmpty();
        restart();
    }

    /** Begins the accounts anew. */
    public void restart() {
        if (active) {
            measurement = Measurement.of(guest.machine(), guest.info());
        }
        if (threads != null) {
            watch = new IpcWatch(guest.cpu(), measurement, threads, this);
        }
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

    /** The accounts by phase and function, or empty if nothing is observed. */
    public Optional<Measurement> measurement() {
        return Optional.ofNullable(measurement);
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
