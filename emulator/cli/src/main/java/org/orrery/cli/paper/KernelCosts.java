package org.orrery.cli.paper;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.orrery.cpu.Cpu;
import org.orrery.debugger.measure.Interval;
import org.orrery.debugger.measure.Measurement;
import org.orrery.debugger.measure.Moment;
import org.orrery.pc.Machine;
import org.orrery.pc.Outcome;
import org.orrery.pc.device.MarkPort.Mark;
import org.orrery.pc.profile.Profile;
import org.orrery.servers.GuestSystem;

/**
 * What a page fault, an interrupt and unmapping take: from the kernel's entry, which is part of it, to the user instruction that comes after
 * it. The guest does each of them many times; the watcher empties the on-chip cache before the last ones.
 */
final class KernelCosts {
    private static final int USER_LEVEL = 3;

    /** How often each is done before it counts, then with warm caches, then with a cold one. Of those that count, the median does. */
    private static final int FIRST = 2;

    private static final int WARM = 3;
    private static final int COLD = 3;

    /**
     * Something that the kernel does.
     *
     * @param table of its rows
     * @param from label in the guest of the user instruction that brings it about
     * @param to label of the user instruction after it
     * @param vector by which the kernel is entered
     */
    private record Action(String table, String from, String to, int vector) {}

    private static final List<Action> ACTIONS = List.of(
            new Action("page fault", "child.touch", "child.touch", 14),
            new Action("interrupt", "child.interrupt", "interrupts.handled", 0x24),
            new Action("unmap", "unmaps.call", "unmaps.called", 0x32));

    private final MarkedSystem system;
    private final Machine machine;
    private final Cpu cpu;
    private final Map<Integer, Action> begins = new LinkedHashMap<>();
    private final Map<Integer, Action> ends = new LinkedHashMap<>();
    /** By action and the guest's last mark. */
    private final Map<Action, Map<Integer, List<Interval>>> seen = new LinkedHashMap<>();

    /** What is about to begin or has begun, or null. */
    private Action action;
    /** While there is an action. */
    private Measurement measurement;
    /** When it began, or null. */
    private Moment start;

    private KernelCosts(MarkedSystem system) {
        this.system = system;
        machine = system.machine();
        cpu = machine.cpu();
        for (Action a : ACTIONS) {
            begins.put(system.address(a.from), a);
            ends.put(system.address(a.to), a);
            seen.put(a, new LinkedHashMap<>());
        }
    }

    /** The rows of all actions on a machine: cycles, warm and cold. */
    static List<Row> rows(Profile profile) {
        KernelCosts costs = new KernelCosts(new MarkedSystem(profile, GuestSystem.costs()));
        costs.watch();
        List<Row> rows = new ArrayList<>();
        costs.seen.forEach((action, byMark) -> byMark.forEach((mark, times) -> {
            String name = mark == 0 ? "" : mark + " ";
            rows.add(row(action, name + "warm", times.subList(FIRST, FIRST + WARM)));
            rows.add(row(action, name + "cold", times.subList(FIRST + WARM, FIRST + WARM + COLD)));
        }));
        return rows;
    }

    private static Row row(Action action, String name, List<Interval> times) {
        Interval median = times.stream()
                .sorted(Comparator.comparingLong(Interval::cycles))
                .toList()
                .get(times.size() / 2);
        Time time = Time.of(cause -> median.phases().cycles(cause));
        return Row.of(action.table, name, "cycles", null, time.cycles(), time.causes());
    }

    private void watch() {
        Outcome outcome;
        do {
            if (cpu.cpl() == USER_LEVEL) {
                atUser(cpu.eip());
            }
            outcome = action == null ? machine.step() : measurement.step();
            if (action != null && start == null && cpu.lastVector() == action.vector) {
                start = measurement.beforeLastStep();
            }
        } while (outcome.ending() == Outcome.Ending.LIMIT);
        if (outcome.ending() != Outcome.Ending.EXITED || outcome.exitStatus() != 0) {
            throw new IllegalStateException("the guest did not come to its end: " + outcome);
        }
    }

    private void atUser(int eip) {
        if (start != null && ends.get(eip) == action) {
            times(action).add(measurement.between(start, measurement.now()));
            action = null;
            start = null;
        } else if (action == null && begins.containsKey(eip)) {
            action = begins.get(eip);
            measurement = system.measurement();
            if (times(action).size() >= FIRST + WARM) {
                cpu.flushCache();
            }
        }
    }

    private List<Interval> times(Action of) {
        List<Mark> marks = machine.marks();
        int last = marks.get(marks.size() - 1).value();
        return seen.get(of).computeIfAbsent(last, mark -> new ArrayList<>());
    }
}
