package org.orrery.cli.paper;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.orrery.cpu.Cache;
import org.orrery.cpu.Cpu;
import org.orrery.debugger.measure.Measurement;
import org.orrery.debugger.measure.Miss;
import org.orrery.debugger.measure.Moment;
import org.orrery.pc.profile.Profile;
import org.orrery.servers.GuestSystem;

/**
 * What one round trip of short messages between two address spaces, a call and its answer, holds in the on-chip cache, observed: the cache is
 * emptied before it, and the lines that come until the next one begins are counted. Lines that are only written do not count, since the i486's
 * cache takes no line for a write.
 *
 * @param allBytes of all lines: code, data, descriptor tables, page tables; of the users' and of the kernel's
 * @param kernelBytes the same without the pages that user code runs in
 * @param instructions of the kernel, the two INTs included
 */
record Footprint(int allBytes, int kernelBytes, int instructions) {
    private static final int IPC = 0x30;
    private static final int USER_LEVEL = 3;
    private static final int PAGE_SHIFT = 12;
    private static final int NO_VECTOR = -1;
    private static final int TRIPS = 100;
    /** Round trips until all is as it always is. */
    private static final int WARM_UP = 10;

    static Footprint of(Profile profile) {
        MarkedSystem system = new MarkedSystem(profile, GuestSystem.pingPong(TRIPS));
        RoundTrip trip = new RoundTrip(system);
        for (int i = 0; i < WARM_UP; i++) {
            trip.run();
        }
        do {
            system.machine().cpu().flushCache();
            trip.run();
        } while (trip.interrupted);
        return trip.footprint();
    }

    /** Beside the paper's figure, which is of "all code and data"; whether page tables are in it, it does not say. */
    List<Row> rows(Published.Figure figure) {
        return List.of(
                Row.of(figure.table(), figure.row(), figure.unit(), figure.value(), kernelBytes),
                Row.of(figure.table(), "with the users' pages", figure.unit(), null, allBytes),
                Row.of(figure.table(), "kernel's instructions", "instructions", null, instructions));
    }

    /** From one return to user mode to the one after the next. */
    private static final class RoundTrip {
        private final Cpu cpu;
        private final Measurement measurement;
        private final Set<Integer> userPages = new HashSet<>();
        private Set<Integer> lines = Set.of();
        private int instructions;
        private boolean interrupted;

        RoundTrip(MarkedSystem system) {
            cpu = system.machine().cpu();
            measurement = system.measurement();
        }

        void run() {
            instructions = 0;
            interrupted = false;
            Moment start = measurement.now();
            toUser();
            toUser();
            lines = measurement.between(start, measurement.now()).misses().stream()
                    .filter(miss -> miss.kind() == Miss.Kind.CACHE)
                    .map(Miss::address)
                    .collect(Collectors.toSet());
        }

        private void toUser() {
            boolean inKernel = false;
            while (!inKernel || cpu.cpl() != USER_LEVEL) {
                inKernel |= cpu.cpl() != USER_LEVEL;
                step();
            }
        }

        private void step() {
            boolean user = cpu.cpl() == USER_LEVEL;
            if (user) {
                userPages.add((int) (cpu.translate(cpu.eip()) >>> PAGE_SHIFT));
            }
            measurement.step();
            boolean call = cpu.lastVector() == IPC;
            interrupted |= !call && cpu.lastVector() != NO_VECTOR;
            if (!user || call) {
                instructions++;
            }
        }

        Footprint footprint() {
            long kernel = lines.stream()
                    .filter(line -> !userPages.contains(line >>> PAGE_SHIFT))
                    .count();
            return new Footprint(lines.size() * Cache.LINE, (int) kernel * Cache.LINE, instructions);
        }
    }
}
