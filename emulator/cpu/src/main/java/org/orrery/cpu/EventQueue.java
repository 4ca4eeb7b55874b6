package org.orrery.cpu;

import java.util.ArrayList;
import java.util.List;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;

/**
 * What is to happen at which cycle. Each device registers its events once, when the machine is built, and then schedules and cancels
 * them by the number it got; nobody is ticked. Two events due at the same cycle run in the order of their registration, so a run is
 * repeatable.
 */
public final class EventQueue implements Stateful {
    /** An event that is not scheduled. */
    public static final long NEVER = Long.MAX_VALUE;

    /** What an event does; {@code now} is the cycle at which it runs, never before the one it was scheduled for. */
    @FunctionalInterface
    public interface Event {
        void run(long now);
    }

    private final List<Event> events = new ArrayList<>();
    private long[] due = new long[0];
    private long next = NEVER;

    /** Registers an event and returns its number. */
    public int register(Event event) {
        events.add(event);
        due = java.util.Arrays.copyOf(due, events.size());
        due[events.size() - 1] = NEVER;
        return events.size() - 1;
    }

    /** Schedules event {@code id} for the absolute cycle {@code cycle}, in place of what was scheduled for it before. */
    public void schedule(int id, long cycle) {
        due[id] = cycle;
        findNext();
    }

    public void cancel(int id) {
        schedule(id, NEVER);
    }

    /** The cycle of the earliest event, or {@link #NEVER}. */
    public long next() {
        return next;
    }

    /** Runs, in order, every event due at or before {@code now}. */
    public void runDue(long now) {
        while (next <= now) {
            int first = earliest();
            due[first] = NEVER;
            findNext();
            events.get(first).run(now);
        }
    }

    private int earliest() {
        int first = 0;
        for (int i = 1; i < due.length; i++) {
            if (due[i] < due[first]) {
                first = i;
            }
        }
        return first;
    }

    private void findNext() {
        next = NEVER;
        for (long d : due) {
            next = Math.min(next, d);
        }
    }

    @Override
    public String stateName() {
        return "events";
    }

    @Override
    public void save(StateWriter out) {
        out.putLongs("due", due);
    }

    @Override
    public void load(StateReader in) {
        in.getLongs("due", due);
        findNext();
    }
}
