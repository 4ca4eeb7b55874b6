package org.orrery.cli.time;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.orrery.isa.Operand;

/** Finds the loop in what was executed. */
final class Loops {
    private Loops() {}

    /** Whether an instruction, followed by the one at {@code next}, jumped back in its own code. */
    static boolean isBackEdge(CodeLine line, int next) {
        return line.instruction().form != null
                && next <= line.address()
                && line.instruction().form.operands().stream().anyMatch(o -> o.place() == Operand.Place.RELATIVE)
                && !line.instruction().form.mnemonic().equals("CALL");
    }

    /** Where the loop begins that went round most often; of several, the last in the code. */
    static OptionalInt head(Run run) {
        Map<Integer, Integer> arrivals = new TreeMap<>();
        for (int i = 1; i <= run.size(); i++) {
            if (isBackEdge(run.step(i - 1).code(), run.address(i))) {
                arrivals.merge(run.address(i), 1, Integer::sum);
            }
        }
        return arrivals.entrySet().stream()
                .reduce((a, b) -> b.getValue() >= a.getValue() ? b : a)
                .map(e -> OptionalInt.of(e.getKey()))
                .orElse(OptionalInt.empty());
    }

    /** The times round that began and ended with a jump back to {@code head}. */
    static List<Window> iterations(Run run, int head) {
        List<Window> iterations = new ArrayList<>();
        int from = -1;
        for (int i = 1; i <= run.size(); i++) {
            if (run.address(i) != head) {
                continue;
            }
            boolean round = isBackEdge(run.step(i - 1).code(), head);
            if (round && from >= 0) {
                iterations.add(new Window(run, from, i));
            }
            from = round ? i : -1;
        }
        return iterations;
    }

    /** The first time round: from where the head is first met to the first jump back to it. */
    static Window first(Run run, int head) {
        int from = 0;
        while (run.address(from) != head) {
            from++;
        }
        int to = from + 1;
        while (to < run.size()
                && !(run.address(to) == head && isBackEdge(run.step(to - 1).code(), head))) {
            to++;
        }
        return new Window(run, from, to);
    }
}
