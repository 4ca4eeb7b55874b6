package org.orrery.pc.device;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.orrery.cpu.Ledger;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;
import org.orrery.pc.bus.PortDevice;

/** Notes when the guest passed a place that it marks by writing a byte, so that a part of a run can be timed from outside. */
public final class MarkPort implements PortDevice, Stateful {
    public static final int PORT = 0xE8;

    /** A guest that marks in a loop must not fill the host's memory: later marks are not kept. */
    public static final int KEPT = 65_536;

    /**
     * One write to the port.
     *
     * @param value the byte written
     * @param cycle CPU clocks since power-on
     * @param instructions guest instructions executed before
     */
    public record Mark(int value, long cycle, long instructions) {}

    private final Ledger clock;
    private final LongSupplier instructions;
    private final Consumer<Mark> listener;
    private final List<Mark> marks = new ArrayList<>();

    /** @param listener is told of each mark when it is made, kept or not */
    public MarkPort(Ledger clock, LongSupplier instructions, Consumer<Mark> listener) {
        this.clock = clock;
        this.instructions = instructions;
        this.listener = listener;
    }

    /** The marks so far, oldest first. */
    public List<Mark> marks() {
        return List.copyOf(marks);
    }

    @Override
    public int in(int port) {
        return 0xFF;
    }

    @Override
    public int peek(int port) {
        return 0xFF;
    }

    @Override
    public void out(int port, int value) {
        Mark mark = new Mark(value, clock.now(), instructions.getAsLong());
        if (marks.size() < KEPT) {
            marks.add(mark);
        }
        listener.accept(mark);
    }

    @Override
    public String stateName() {
        return "marks";
    }

    @Override
    public void save(StateWriter out) {
        out.put("count", marks.size());
        for (Mark m : marks) {
            out.putLongs("mark", new long[] {m.value, m.cycle, m.instructions});
        }
    }

    @Override
    public void load(StateReader in) {
        marks.clear();
        long[] m = new long[3];
        for (int left = in.getInt("count"); left > 0; left--) {
            in.getLongs("mark", m);
            marks.add(new Mark((int) m[0], m[1], m[2]));
        }
    }
}
