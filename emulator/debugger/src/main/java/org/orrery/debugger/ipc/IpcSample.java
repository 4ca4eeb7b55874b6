package org.orrery.debugger.ipc;

import java.util.List;
import org.orrery.debugger.measure.Interval;
import org.orrery.debugger.measure.Miss;

/**
 * One IPC as the paper times it: from one thread's INT to the next INT of the thread that got the message, so that the user code which
 * reads the message and loads the next one is part of it.
 *
 * @param sender as {@code task.thread}
 * @param receiver as {@code task.thread}
 * @param kind what the sender asked for
 * @param cycles CPU clocks
 * @param instructions executed
 * @param phases in the order in which they ran; their cycles add up to {@code cycles}
 * @param tlbMisses linear addresses of the pages that the TLB had to bring
 * @param cacheMisses physical addresses of the lines that the cache had to bring
 */
public record IpcSample(
        String sender,
        String receiver,
        String kind,
        long cycles,
        long instructions,
        List<PhaseCost> phases,
        List<Long> tlbMisses,
        List<Long> cacheMisses) {

    static IpcSample of(IpcRecord message, Interval interval) {
        return new IpcSample(
                message.sender().toString(),
                message.receiver().toString(),
                message.kind().toString(),
                interval.cycles(),
                interval.phases().instructions(),
                PhaseCost.of(interval),
                addresses(interval, Miss.Kind.TLB),
                addresses(interval, Miss.Kind.CACHE));
    }

    private static List<Long> addresses(Interval interval, Miss.Kind kind) {
        return interval.misses().stream()
                .filter(m -> m.kind() == kind)
                .map(m -> m.address() & 0xFFFF_FFFFL)
                .toList();
    }
}
