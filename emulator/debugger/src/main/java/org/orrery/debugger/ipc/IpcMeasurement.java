package org.orrery.debugger.ipc;

import java.util.List;
import org.orrery.debugger.DebugException;
import org.orrery.debugger.GuestMemory;
import org.orrery.debugger.measure.Measurement;
import org.orrery.debugger.measure.Moment;
import org.orrery.isa.debug.DebugInfo;
import org.orrery.pc.Machine;
import org.orrery.pc.Outcome;
import org.orrery.pc.device.MarkPort;

/**
 * Runs a kernel and its programs, and reports what one IPC costs. If the guest marks where the part to be measured begins, by writing
 * {@value #BEGIN} to port E8h, what came before does not count.
 */
public final class IpcMeasurement {
    /**
     * How long to measure.
     *
     * @param warmUp messages of each pair of threads to leave out
     * @param messages to count after those, of the busiest pair
     * @param maxCycles the cycle at which to give up
     */
    public record Options(int warmUp, int messages, long maxCycles) {
        /** As the paper did it: 10,000 times there and back. */
        public static final Options PAPER = new Options(100, 20_000, Long.MAX_VALUE);
    }

    private static final int BEGIN = 1;

    private IpcMeasurement() {}

    /**
     * Runs a machine until enough messages were counted, the guest ended the run, or the limit is reached; it can go on from there.
     *
     * @param machine with the kernel loaded
     * @param info of the kernel and its programs
     * @throws DebugException if the guest is no kernel whose IPC is known, or too few messages were exchanged
     */
    public static IpcReport measure(Machine machine, DebugInfo info, Options options) {
        Measurement measurement = Measurement.of(machine, info);
        ThreadLocator threads = ThreadLocator.of(machine.cpu(), new GuestMemory(machine.cpu(), machine.memory()), info)
                .orElseThrow(() -> new DebugException(ThreadLocator.UNKNOWN));
        IpcSampler sampler = new IpcSampler(measurement, options.warmUp);
        IpcWatch watch = new IpcWatch(machine.cpu(), measurement, threads, new MarkedPart(machine, sampler));
        long enough = (long) options.warmUp + options.messages;
        Outcome.Ending ending = Outcome.Ending.LIMIT;
        while (ending == Outcome.Ending.LIMIT && sampler.count() < enough && machine.now() < options.maxCycles) {
            ending = measurement.step().ending();
            watch.afterStep();
        }
        return sampler.report();
    }

    /** Begins the samples anew where the guest marks the part to be measured. */
    private static final class MarkedPart implements IpcListener {
        private final Machine machine;
        private final IpcSampler sampler;
        private int marks;

        MarkedPart(Machine machine, IpcSampler sampler) {
            this.machine = machine;
            this.sampler = sampler;
        }

        @Override
        public void asked(ThreadId thread, Moment at) {
            List<MarkPort.Mark> made = machine.marks();
            if (made.size() != marks && made.get(made.size() - 1).value() == BEGIN) {
                sampler.restart();
            }
            marks = made.size();
            sampler.asked(thread, at);
        }

        @Override
        public void ended(IpcRecord record) {
            sampler.ended(record);
        }
    }
}
