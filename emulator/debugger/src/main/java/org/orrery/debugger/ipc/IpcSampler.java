package org.orrery.debugger.ipc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.orrery.debugger.DebugException;
import org.orrery.debugger.measure.Interval;
import org.orrery.debugger.measure.Measurement;
import org.orrery.debugger.measure.Moment;

/**
 * Collects one-way IPC times of a run. A time counts if one thread's send was received by another thread, and the next IPC in the
 * machine is that thread's: then everything from INT to INT belongs to this message.
 */
public final class IpcSampler implements IpcListener {
    /** What is kept of the messages from one thread to another. */
    private static final class Flow {
        final Map<Long, Long> countByCycles = new HashMap<>();
        /** The first sample of each time. */
        final Map<Long, IpcSample> samples = new HashMap<>();

        void add(IpcRecord message, Interval interval) {
            countByCycles.merge(interval.cycles(), 1L, Long::sum);
            samples.computeIfAbsent(interval.cycles(), cycles -> IpcSample.of(message, interval));
        }

        IpcSample typical() {
            Comparator<Map.Entry<Long, Long>> byCount = Map.Entry.comparingByValue();
            Comparator<Map.Entry<Long, Long>> shorterFirst =
                    Map.Entry.<Long, Long>comparingByKey().reversed();
            return samples.get(countByCycles.entrySet().stream()
                    .max(byCount.thenComparing(shorterFirst))
                    .orElseThrow()
                    .getKey());
        }
    }

    /** The messages between two threads. */
    private static final class Pair {
        final Map<ThreadId, Flow> bySender = new LinkedHashMap<>();
        IpcSample first;
        long count;
    }

    private final Measurement measurement;
    private final int warmUp;
    private final Map<Set<ThreadId>, Pair> pairs = new LinkedHashMap<>();

    private Moment lastInt;
    private IpcRecord message;
    private long most;

    /**
     * @param warmUp how many messages of each pair of threads to leave out of the statistics
     */
    public IpcSampler(Measurement measurement, int warmUp) {
        this.measurement = measurement;
        this.warmUp = warmUp;
    }

    @Override
    public void ended(IpcRecord record) {
        message = record;
    }

    @Override
    public void asked(ThreadId thread, Moment at) {
        if (lastInt != null
                && message != null
                && message.delivered()
                && message.interval().start() == lastInt.cycle()
                && message.receiver().equals(thread)) {
            add(measurement.between(lastInt, at));
        }
        lastInt = at;
        message = null;
    }

    private void add(Interval interval) {
        Pair pair = pairs.computeIfAbsent(Set.of(message.sender(), message.receiver()), key -> new Pair());
        pair.count++;
        most = Math.max(most, pair.count);
        if (pair.first == null) {
            pair.first = IpcSample.of(message, interval);
        }
        if (pair.count > warmUp) {
            pair.bySender.computeIfAbsent(message.sender(), key -> new Flow()).add(message, interval);
        }
    }

    /** Forgets all times so far, but not the first message of each pair; the warm-up begins anew, with the next IPC. */
    public void restart() {
        for (Pair pair : pairs.values()) {
            pair.bySender.clear();
            pair.count = 0;
        }
        most = 0;
        lastInt = null;
        message = null;
    }

    /** How many messages the busiest pair of threads has exchanged, warm-up included. */
    public long count() {
        return most;
    }

    /**
     * The figures of the busiest pair.
     *
     * @throws DebugException if no two threads exchanged more messages than the warm-up
     */
    public IpcReport report() {
        Pair pair = pairs.values().stream()
                .max(Comparator.comparingLong(p -> p.count))
                .filter(p -> p.count > warmUp)
                .orElseThrow(() -> new DebugException("no two threads exchanged more than the " + warmUp
                        + " messages of the warm-up; the busiest pair exchanged " + most));
        Map<Long, Long> all = new HashMap<>();
        List<IpcReport.Direction> directions = new ArrayList<>();
        for (Flow flow : pair.bySender.values()) {
            flow.countByCycles.forEach((cycles, count) -> all.merge(cycles, count, Long::sum));
            directions.add(new IpcReport.Direction(IpcStatistics.of(flow.countByCycles), flow.typical()));
        }
        directions.sort(Comparator.comparing(d -> !d.typical().kind().equals(IpcKind.CALL.toString())));
        return new IpcReport(
                IpcStatistics.of(all),
                pair.first,
                directions,
                warmUp,
                PaperIpc.BOUND,
                PaperIpc.ACHIEVED,
                PaperIpc.MEASURED);
    }
}
