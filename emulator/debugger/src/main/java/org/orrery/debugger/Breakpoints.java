package org.orrery.debugger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** All breakpoints and watches of a session, numbered from 1. */
public final class Breakpoints {
    private final Guest guest;
    private final List<Breakpoint> all = new ArrayList<>();
    private int lastNumber;

    Breakpoints(Guest guest) {
        this.guest = guest;
    }

    /** All of them, by number. */
    public List<Breakpoint> all() {
        return Collections.unmodifiableList(all);
    }

    /**
     * Sets a breakpoint at a linear address.
     *
     * @param condition an expression that must not be 0, or empty
     */
    public Breakpoint addCode(int address, boolean temporary, String condition) {
        return add(new Breakpoint(lastNumber + 1, Breakpoint.Kind.CODE, address, 0, temporary, condition));
    }

    /** Watches 1, 2 or 4 bytes at a linear address, which must be mapped. */
    public Breakpoint addWatch(int address, int size, String condition) {
        Breakpoint watch = new Breakpoint(lastNumber + 1, Breakpoint.Kind.WATCH, address, size, false, condition);
        watch.setLastValue(guest.memory().read(address, size));
        return add(watch);
    }

    private Breakpoint add(Breakpoint breakpoint) {
        lastNumber++;
        all.add(breakpoint);
        return breakpoint;
    }

    /**
     * Finds one by number.
     *
     * @throws DebugException if there is none
     */
    public Breakpoint byNumber(int number) {
        return all.stream()
                .filter(b -> b.number() == number)
                .findFirst()
                .orElseThrow(() -> new DebugException("there is no breakpoint " + number));
    }

    public void delete(Breakpoint breakpoint) {
        all.remove(breakpoint);
    }

    public void deleteAll() {
        all.clear();
    }

    /** Whether any could stop a run. */
    boolean armed() {
        return all.stream().anyMatch(Breakpoint::enabled);
    }

    /** The stop that the present state of the guest calls for, or null. */
    DebugStop check() {
        for (Breakpoint b : all) {
            DebugStop stop = b.enabled() ? check(b) : null;
            if (stop != null) {
                if (b.temporary()) {
                    delete(b);
                }
                return stop;
            }
        }
        return null;
    }

    private DebugStop check(Breakpoint b) {
        return b.kind() == Breakpoint.Kind.CODE ? checkCode(b) : checkWatch(b);
    }

    private DebugStop checkCode(Breakpoint b) {
        return b.address() == guest.pc() && b.hit(guest) ? new DebugStop.AtBreakpoint(b) : null;
    }

    /** A page that is not mapped in the address space of the moment keeps its last value. */
    private DebugStop checkWatch(Breakpoint b) {
        if (!guest.memory().mapped(b.address()) || !guest.memory().mapped(b.address() + b.size() - 1)) {
            return null;
        }
        int before = b.lastValue();
        int now = guest.memory().read(b.address(), b.size());
        b.setLastValue(now);
        return before != now && b.hit(guest) ? new DebugStop.Changed(b, before, now) : null;
    }
}
