package org.orrery.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.orrery.cpu.Cause;
import org.orrery.pc.Machine;
import org.orrery.pc.MachineBuilder;
import org.orrery.pc.Outcome;
import org.orrery.pc.Outcome.Ending;

/** Runs a machine with its first serial port on the host's streams, and takes the account of the run. */
final class GuestRun {
    /** After this many parts of a simulated second the guest's output is shown and the host looks around. */
    private static final int SLICES_A_SECOND = 50;
    /** How long the host sleeps while the guest does nothing but wait for input. */
    private static final int NAP_MILLIS = 1000 / SLICES_A_SECOND;
    /** A guest that marks in a loop must not fill the host's memory. */
    private static final int MARKS_KEPT = 10_000;

    private static final Outcome STOPPED = new Outcome(Ending.STOPPED, 0, "");

    private final Machine machine;
    private final OutputStream out;
    private final List<Moment> moments = new ArrayList<>();
    private volatile boolean stopped;

    /** Builds the machine; load something into it before it runs. */
    GuestRun(MachineBuilder builder, OutputStream out) {
        this.out = out;
        machine = builder.console(this::print)
                .markListener(mark -> note(mark.value()))
                .build();
    }

    Machine machine() {
        return machine;
    }

    /** Makes {@link #run} come back soon; any thread may call this. */
    void stop() {
        stopped = true;
        machine.requestStop();
    }

    /** Begins the account, unless it has begun. */
    void begin() {
        if (moments.isEmpty()) {
            note(Moment.NO_MARK);
        }
    }

    /** Runs to the guest's end, to {@code maxCycles}, or until {@link #stop}. */
    Outcome run(InputStream in, long maxCycles) throws IOException {
        InputReader reader = InputReader.start(in, machine);
        long slice = machine.profile().clockHz() / SLICES_A_SECOND;
        begin();
        Outcome outcome;
        long instructions;
        do {
            instructions = machine.cpu().instructions();
            outcome = stopped ? STOPPED : machine.run(Math.min(machine.now() + slice, maxCycles));
            out.flush();
            if (instructions == machine.cpu().instructions() && reader.isOpen()) {
                nap();
            }
        } while (outcome.ending() == Ending.LIMIT && machine.now() < maxCycles);
        note(Moment.NO_MARK);
        return outcome;
    }

    private static void nap() {
        try {
            Thread.sleep(NAP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void print(int value) {
        try {
            out.write(value);
        } catch (IOException e) {
            throw new UncheckedIOException("standard output: " + e.getMessage(), e);
        }
    }

    private void note(int mark) {
        if (moments.size() < MARKS_KEPT || mark == Moment.NO_MARK) {
            long[] cycles = new long[Cause.values().length];
            machine.cpu().ledger().copyTo(cycles);
            moments.add(new Moment(mark, machine.cpu().instructions(), cycles, System.nanoTime()));
        }
    }

    /** The whole run. */
    Span whole() {
        return between(0, moments.size() - 1);
    }

    /** What lies between the start, the guest's marks, and the end. */
    List<RunAccount.Part> parts() {
        List<RunAccount.Part> parts = new ArrayList<>();
        for (int i = 1; i < moments.size(); i++) {
            int from = moments.get(i - 1).mark();
            parts.add(new RunAccount.Part(from, moments.get(i).mark(), between(i - 1, i)));
        }
        return parts;
    }

    /** The whole run, the state it ended in and, if the guest marked any, the parts between its marks. */
    RunAccount account() {
        List<RunAccount.Part> marked = parts().stream()
                .filter(part -> part.from() != Moment.NO_MARK && part.to() != Moment.NO_MARK)
                .toList();
        return new RunAccount(machine.description(), machine.profile().clockHz(), machine.stateHash(), whole(), marked);
    }

    private Span between(int from, int to) {
        return Span.between(
                moments.get(from), moments.get(to), machine.profile().clockHz());
    }
}
