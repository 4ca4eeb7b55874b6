package org.orrery.cli.time;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.orrery.pc.Machine;

/** Times a snippet: a first run with cache and TLB empty, then warm ones. */
public final class Stopwatch {
    private final Snippet snippet;
    private final Machine machine;
    private final Runner runner;
    private final int iterations;

    /**
     * @param machine just built
     * @param iterations of a loop, or of the whole snippet if it has none
     * @param maxCycles CPU clocks that one run may take
     */
    public Stopwatch(Snippet snippet, Machine machine, int iterations, long maxCycles) {
        this.snippet = snippet;
        this.machine = machine;
        this.iterations = iterations;
        runner = new Runner(snippet, Stage.set(machine, snippet.mode(), snippet.bytes()), iterations, maxCycles);
    }

    /**
     * Times it.
     *
     * @param label where the loop begins, or empty for the one that goes round most often
     * @throws SnippetException if it does not come to an end, or there is no such loop
     */
    public Timed time(String label) {
        Run cold = runner.run();
        OptionalInt head = head(cold, label);
        if (head.isPresent()) {
            Run warm = runner.run();
            List<Window> rounds = Loops.iterations(warm, head.getAsInt());
            if (!rounds.isEmpty()) {
                return timed(cold, warm, rounds, head.getAsInt());
            }
        }
        return straight(cold);
    }

    private OptionalInt head(Run run, String label) {
        if (label.isEmpty()) {
            return Loops.head(run);
        }
        int address = snippet.address(label);
        if (Loops.iterations(run, address).isEmpty()) {
            throw new SnippetException(snippet.name() + ":" + Math.max(1, snippet.line(address))
                    + ":1: no loop comes back to '" + label + "' twice");
        }
        return OptionalInt.of(address);
    }

    private Timed timed(Run cold, Run warm, List<Window> rounds, int head) {
        List<Timed.Line> lines = new ArrayList<>();
        Window first = Loops.first(cold, head);
        for (CodeLine code : executed(cold, warm)) {
            boolean inLoop = rounds.stream().anyMatch(w -> contains(w, code));
            Window coldly = inLoop && contains(first, code) ? first : once(cold, code);
            lines.add(line(code, inLoop, coldly, inLoop ? rounds : List.of(once(warm, code))));
        }
        String name = snippet.label(head).orElse(address(head));
        return new Timed(
                snippet.name(),
                machine.description(),
                snippet.mode().label(),
                snippet.mode().bits(),
                new Timed.Loop(name, address(head)),
                lines,
                Costs.of(List.of(first), step -> true),
                Costs.of(rounds, step -> true));
    }

    private Timed straight(Run cold) {
        List<Window> windows = new ArrayList<>();
        Run warm = cold;
        for (int i = 0; i < iterations; i++) {
            warm = runner.run();
            windows.add(warm.whole());
        }
        List<Timed.Line> lines = new ArrayList<>();
        for (CodeLine code : executed(cold, warm)) {
            lines.add(line(code, true, cold.whole(), windows));
        }
        return new Timed(
                snippet.name(),
                machine.description(),
                snippet.mode().label(),
                snippet.mode().bits(),
                null,
                lines,
                Costs.of(List.of(cold.whole()), step -> true),
                Costs.of(windows, step -> true));
    }

    private static Timed.Line line(CodeLine code, boolean inLoop, Window cold, List<Window> warm) {
        StringBuilder bytes = new StringBuilder();
        for (byte b : code.bytes()) {
            bytes.append(String.format(Locale.ROOT, "%02X", b));
        }
        return new Timed.Line(
                address(code.address()),
                bytes.toString(),
                code.label(),
                code.text(),
                code.line(),
                inLoop,
                Costs.of(List.of(cold), step -> step.code().address() == code.address()),
                Costs.of(warm, step -> step.code().address() == code.address()));
    }

    private static String address(int linear) {
        return String.format(Locale.ROOT, "%08X", linear);
    }

    /** The instructions of the snippet by address, then those of handlers. */
    private List<CodeLine> executed(Run... runs) {
        SortedMap<Integer, CodeLine> lines = new TreeMap<>();
        for (Run run : runs) {
            run.steps().forEach(step -> lines.put(step.code().address(), step.code()));
        }
        return lines.values().stream()
                .sorted(Comparator.comparing((CodeLine code) -> !snippet.contains(code.address())))
                .toList();
    }

    private static boolean contains(Window window, CodeLine code) {
        return window.steps().stream().anyMatch(step -> step.code().address() == code.address());
    }

    /** The first execution of an instruction; nothing if there is none. */
    private static Window once(Run run, CodeLine code) {
        for (int i = 0; i < run.size(); i++) {
            if (run.address(i) == code.address()) {
                return new Window(run, i, i + 1);
            }
        }
        return new Window(run, 0, 0);
    }
}
