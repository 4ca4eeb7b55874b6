package org.orrery.debugger;

import java.util.Optional;
import org.orrery.debugger.ipc.IpcRecord;
import org.orrery.debugger.ipc.IpcSampler;
import org.orrery.debugger.ipc.IpcWatch;
import org.orrery.debugger.ipc.ThreadLocator;
import org.orrery.debugger.measure.AddressMap;
import org.orrery.debugger.measure.Measurement;
import org.orrery.debugger.measure.PhaseMap;
import org.orrery.pc.Outcome;

/** What a session observes of its guest while it steps: cycles by phase, and the messages of a kernel that it understands. */
public final class Observer {
    private static final String CONTROL_BLOCK = "tcb";
    private static final String ID_LOW = "id_low";
    private static final String ID_HIGH = "id_high";
    private static final int NO_WARM_UP = 0;

    private final Guest guest;
    private final PhaseMap phases;
    private final AddressMap functions;
    private final boolean active;
    private final ThreadLocator threads;
    private Measurement measurement;
    private IpcWatch watch;
    private IpcRecord message;

    Observer(Guest guest, GuestProgram program) {
        this.guest = guest;
        phases = new PhaseMap(program.phases());
        functions = AddressMap.of(program.functions());
        threads = program.speaksL4() ? locator(guest, program).orElse(null) : null;
        active = threads != null || !program.phases().isEmpty();
        restart();
    }

    /** Finds threads by the kernel's layout of its thread control block, if it has one with an id in it. */
    public static Optional<ThreadLocator> locator(Guest guest, GuestProgram program) {
        return Optional.ofNullable(program.structures().get(CONTROL_BLOCK))
                .flatMap(block -> block.field(ID_LOW)
                        .flatMap(low -> block.field(ID_HIGH)
                                .map(high -> new ThreadLocator(
                                        guest.cpu(), guest.memory(), block.size(), low.offset(), high.offset()))));
    }

    /** Begins the accounts anew. */
    public void restart() {
        if (active) {
            measurement = new Measurement(guest.machine(), phases, functions);
        }
        if (threads != null) {
            watch = new IpcWatch(guest.cpu(), measurement, threads, new IpcSampler(measurement, NO_WARM_UP));
        }
    }

    /** Whether there is anything to observe: marked phases, or a kernel whose IPC is understood. */
    boolean active() {
        return active;
    }

    Outcome step() {
        Outcome outcome = measurement.step();
        if (watch != null) {
            message = watch.afterStep();
        }
        return outcome;
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
            throw new DebugException("this guest does not say that it is an L4 Version 2 kernel (property abi l4-v2 and a"
                    + " layout 'tcb' with id_low and id_high), so its IPC cannot be told");
        }
    }
}
