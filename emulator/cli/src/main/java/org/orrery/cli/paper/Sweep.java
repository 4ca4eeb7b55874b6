package org.orrery.cli.paper;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.orrery.cli.system.SystemLoader;
import org.orrery.cpu.Cause;
import org.orrery.debugger.ipc.IpcMeasurement;
import org.orrery.debugger.ipc.IpcReport;
import org.orrery.debugger.ipc.PhaseCost;
import org.orrery.pc.Machine;
import org.orrery.pc.Outcome;
import org.orrery.pc.profile.Profile;
import org.orrery.servers.GuestSystem;

/**
 * Messages of one size between two address spaces, timed as the paper timed them: the time of many round trips, divided by twice their
 * number.
 */
final class Sweep {
    /** Enough for a few timer interrupts to be among them. */
    private static final int TRIPS = 500;

    private static final String KERNEL = "kernel";
    /** The phase of the guest in which it empties the cache. */
    private static final String EVICT = "evict";

    private static final IpcMeasurement.Options COLD = new IpcMeasurement.Options(10, 20, Long.MAX_VALUE);
    private static final long LIMIT = 10_000_000_000L;

    private final Profile profile;
    private final byte[] kernel;

    Sweep(Profile profile, byte[] kernel) {
        this.profile = profile;
        this.kernel = kernel;
    }

    /** A short message, as short as the user's code can be: all of it in registers, everything in the cache. */
    Time shortMessage() {
        return time(GuestSystem.pingPong(TRIPS).withKernel(kernel));
    }

    /** With everything in the caches that fits there, by programs that take any size. */
    Time warm(int bytes) {
        return time(GuestSystem.sweep(bytes, TRIPS, false).withKernel(kernel));
    }

    /** With nothing in the on-chip cache when a message begins; what it takes to empty the cache does not count. */
    Time cold(int bytes) {
        Machine machine = Machine.builder(profile).build();
        GuestSystem system = GuestSystem.sweep(bytes, TRIPS, true).withKernel(kernel);
        SystemLoader.load(machine, KERNEL, system);
        IpcReport report = IpcMeasurement.measure(machine, SystemLoader.debugInfo(KERNEL, system), COLD);
        double total = 0;
        Map<String, Double> causes = new LinkedHashMap<>();
        for (IpcReport.Direction direction : report.directions()) {
            for (PhaseCost phase : direction.typical().phases()) {
                if (!phase.phase().equals(EVICT)) {
                    total += phase.cycles() / 2.0;
                    phase.causes().forEach((cause, cycles) -> causes.merge(cause, cycles / 2.0, Double::sum));
                }
            }
        }
        return new Time(total, causes);
    }

    private Time time(GuestSystem system) {
        List<long[]> marks = new ArrayList<>();
        Machine[] machine = new Machine[1];
        machine[0] = Machine.builder(profile)
                .markListener(mark -> marks.add(cycles(machine[0])))
                .build();
        SystemLoader.load(machine[0], KERNEL, system);
        Outcome outcome = machine[0].run(LIMIT);
        if (outcome.ending() != Outcome.Ending.EXITED || outcome.exitStatus() != 0 || marks.size() != 2) {
            throw new IllegalStateException("the messages were not exchanged: " + outcome);
        }
        return between(marks.get(0), marks.get(1));
    }

    private static long[] cycles(Machine machine) {
        long[] cycles = new long[Cause.values().length];
        machine.cpu().ledger().copyTo(cycles);
        return cycles;
    }

    private static Time between(long[] from, long[] to) {
        return Time.of(cause -> (double) (to[cause.ordinal()] - from[cause.ordinal()]) / (2 * TRIPS));
    }
}
