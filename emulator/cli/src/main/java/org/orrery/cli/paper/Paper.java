package org.orrery.cli.paper;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.orrery.cli.validate.Validation;
import org.orrery.kernel.KernelBuild;
import org.orrery.kernel.KernelImages;
import org.orrery.kernel.KernelOptions;
import org.orrery.kernel.Optimisation;
import org.orrery.pc.profile.Profile;

/** Measures what the paper's tables give, on the paper's machine, and what a kernel does besides messages. */
public final class Paper {
    private static final double MICROS = 1e6;
    private static final String CYCLES = "cycles";
    private static final String WHAT_IF = "L93 7.4";
    private static final double PERCENT = 100;
    /** Bytes that go in registers. */
    private static final int SHORT = 8;

    private final Published published = Published.l93();
    private final Profile machine;
    private final Sweep shipped;
    private final Map<Integer, Time> warm = new HashMap<>();
    private final Map<Optimisation, Sweep> variants = new EnumMap<>(Optimisation.class);

    /** On a machine; the paper's is {@link Profile#DEFAULT}. */
    public Paper(Profile machine) {
        this.machine = machine;
        shipped = new Sweep(machine, KernelImages.kernel());
    }

    /** All rows, in the order of the paper's tables, then those that it does not have. Takes seconds. */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        published.of("L93.1").forEach(figure -> rows.add(withoutOne(figure)));
        rows.addAll(bounds());
        published.of("L93.7").forEach(figure -> rows.addAll(bySize(figure)));
        published.of(WHAT_IF).forEach(figure -> rows.add(whatIf(figure)));
        published.of("footprint").forEach(figure -> rows.addAll(Footprint.rows(machine, figure)));
        rows.addAll(KernelCosts.rows(machine));
        return rows;
    }

    /** Tables 3 to 5, the least that a message and two of its actions can cost. */
    private static List<Row> bounds() {
        return Validation.run(List.of("ipc")).checks().stream()
                .map(check -> {
                    String[] name = check.name().split(" ", 3);
                    return Row.of(
                            "L93." + name[1],
                            name[2].substring(name[2].indexOf(": ") + 2),
                            CYCLES,
                            check.published(),
                            check.predicted());
                })
                .toList();
    }

    /** A short message on a machine whose TLB is tagged, or that does not check segments. */
    private Row whatIf(Published.Figure figure) {
        Map<String, String> settings = new HashMap<>();
        for (String name : figure.row().split(" and ")) {
            settings.put(name, "true");
        }
        Profile other = Profile.byName(machine.name(), settings);
        double cycles = new Sweep(other, KernelImages.kernel()).shortMessage().cycles();
        double measured =
                figure.unit().equals(CYCLES) ? cycles - warm(SHORT).cycles() : cycles * MICROS / machine.clockHz();
        return Row.of(figure.table(), figure.row(), figure.unit(), figure.value(), measured);
    }

    /** By how much a message takes longer on a kernel without one of the optimisations. */
    private Row withoutOne(Published.Figure figure) {
        Optimisation optimisation = Stream.of(Optimisation.values())
                .filter(o -> figure.row().startsWith(o.label() + " "))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no such optimisation: " + figure.row()));
        double cycles = time(variant(optimisation), figure.bytes()).cycles();
        double more = PERCENT * (cycles / warm(figure.bytes()).cycles() - 1);
        return Row.of(figure.table(), figure.row(), figure.unit(), figure.value(), more);
    }

    private Sweep variant(Optimisation without) {
        return variants.computeIfAbsent(
                without,
                o -> new Sweep(
                        machine,
                        KernelBuild.assemble(KernelOptions.DEFAULT.without(o)).toElf()));
    }

    /** In microseconds, and in cycles by cause. */
    private List<Row> bySize(Published.Figure figure) {
        Time time = figure.row().endsWith("cold") ? coldPenalty(figure.bytes()) : warm(figure.bytes());
        double clocks = machine.clockHz() / MICROS;
        return List.of(
                Row.of(figure.table(), figure.row(), figure.unit(), figure.value(), time.cycles() / clocks),
                Row.of(
                        figure.table(),
                        figure.row(),
                        CYCLES,
                        Row.round(figure.value() * clocks),
                        time.cycles(),
                        time.causes()));
    }

    private Time warm(int bytes) {
        return warm.computeIfAbsent(bytes, b -> time(shipped, b));
    }

    private static Time time(Sweep sweep, int bytes) {
        return bytes == SHORT ? sweep.shortMessage() : sweep.warm(bytes);
    }

    private Time coldPenalty(int bytes) {
        return shipped.cold(bytes).less(shipped.warm(bytes));
    }
}
