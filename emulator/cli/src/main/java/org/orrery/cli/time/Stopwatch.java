package org.orrery.cli.time;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
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
        Costs first = new Costs(List.of(Loops.first(cold, head)));
        Costs round = new Costs(rounds);
        Costs coldly = new Costs(List.of(firstExecutions(cold)));
        Costs outside = new Costs(List.of(firstExecutions(warm)));
        List<Timed.Line> lines = new ArrayList<>();
        for (CodeLine code : executed(cold, warm)) {
            boolean inLoop = round.has(code);
            Costs before = inLoop && first.has(code) ? first : coldly;
            lines.add(line(code, inLoop, before.of(code), (inLoop ? round : outside).of(code)));
        }
        String name = snippet.label(head).orElse(address(head));
        return timed(new Timed.Loop(name, address(head)), lines, first, round);
    }

    private Timed straight(Run cold) {
        List<Window> windows = new ArrayList<>();
        Run warm = cold;
        for (int i = 0; i < iterations; i++) {
            warm = runner.run();
            windows.add(warm.whole());
        }
        Costs first = new Costs(List.of(cold.whole()));
        Costs round = new Costs(windows);
        List<Timed.Line> lines = new ArrayList<>();
        for (CodeLine code : executed(cold, warm)) {
            lines.add(line(code, true, first.of(code), round.of(code)));
        }
        return timed(null, lines, first, round);
    }

    private Timed timed(Timed.Loop loop, List<Timed.Line> lines, Costs cold, Costs warm) {
        return new Timed(
                snippet.name(),
                machine.description(),
                snippet.mode().label(),
                snippet.mode().bits(),
                loop,
                lines,
                cold.total(),
                warm.total());
    }

    private static Timed.Line line(CodeLine code, boolean inLoop, Timed.Cost cold, Timed.Cost warm) {
        String bytes = HexFormat.of().withUpperCase().formatHex(code.bytes());
        return new Timed.Line(
                address(code.address()), bytes, code.label(), code.text(), code.line(), inLoop, cold, warm);
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

    /** A run with only the first execution of each instruction. */
    private static Window firstExecutions(Run run) {
        Set<Integer> seen = new HashSet<>();
        return new Window(
                new Run(
                        run.steps().stream()
                                .filter(step -> seen.add(step.code().address()))
                                .toList(),
                        run.next()),
                0,
                seen.size());
    }
}
