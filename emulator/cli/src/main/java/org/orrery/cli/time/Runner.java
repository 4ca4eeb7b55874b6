package org.orrery.cli.time;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.orrery.cli.time.SnippetException.Kind;
import org.orrery.cpu.Cause;
import org.orrery.cpu.Cpu;
import org.orrery.debugger.measure.AddressMap;
import org.orrery.debugger.measure.Interval;
import org.orrery.debugger.measure.Measurement;
import org.orrery.debugger.measure.Moment;
import org.orrery.debugger.measure.PhaseMap;
import org.orrery.pc.Outcome;
import org.orrery.pc.Outcome.Ending;

/** Runs a snippet from its first instruction to its end, again and again, and notes what each instruction took. */
final class Runner {
    private static final int PAGE_FAULT = 14;
    private static final int EXCEPTIONS = 32;
    private static final int NMI = 2;
    private static final String[] EXCEPTION_NAMES = {
        "divide error",
        "debug exception",
        "NMI",
        "breakpoint",
        "overflow",
        "bound range exceeded",
        "invalid opcode",
        "no x87 available",
        "double fault",
        "x87 overrun",
        "invalid TSS",
        "segment not present",
        "stack fault",
        "general protection fault",
        "page fault",
        "exception 15",
        "x87 error",
        "alignment check"
    };

    private final Snippet snippet;
    private final Stage stage;
    private final Cpu cpu;
    private final Measurement measurement;
    private final CodeMap code;
    private final int iterations;
    private final long maxCycles;
    private CodeLine last;

    /**
     * @param iterations of a loop after which a run ends, and what ECX holds when it begins
     * @param maxCycles CPU clocks that one run may take
     */
    Runner(Snippet snippet, Stage stage, int iterations, long maxCycles) {
        this.snippet = snippet;
        this.stage = stage;
        cpu = stage.machine().cpu();
        measurement = new Measurement(stage.machine(), new PhaseMap(List.of()), AddressMap.of(List.of()));
        code = new CodeMap(snippet, stage);
        this.iterations = iterations;
        this.maxCycles = maxCycles;
    }

    /**
     * One run: to the end of the code, or until some loop has gone round often enough.
     *
     * @throws SnippetException if it does neither
     */
    Run run() {
        stage.begin(iterations, snippet.end());
        long limit = stage.machine().now() + maxCycles;
        List<Step> steps = new ArrayList<>();
        Map<Integer, Integer> arrivals = new HashMap<>();
        while (stage.at() != snippet.end()) {
            Step step = step(limit);
            append(steps, step);
            if (Loops.isBackEdge(step.code(), stage.at()) && arrivals.merge(stage.at(), 1, Integer::sum) > iterations) {
                break;
            }
        }
        return new Run(steps, stage.at());
    }

    private void append(List<Step> steps, Step step) {
        int last = steps.size() - 1;
        boolean goesOn = step.code().instruction().rep != 0
                && last >= 0
                && steps.get(last).code() == step.code();
        if (goesOn) {
            steps.set(last, steps.get(last).and(step));
        } else {
            steps.add(step);
        }
    }

    private Step step(long limit) {
        int at = stage.at();
        if (!snippet.contains(at) && !Stage.handles(at)) {
            throw failure(Kind.GUEST_FAULT, String.format("the snippet is left for %08x by", at), last);
        }
        CodeLine line = code.at(at);
        last = line;
        if (stage.machine().now() >= limit) {
            throw failure(Kind.RUNAWAY, String.format("not at its end after %,d cycles: stopped at", maxCycles), line);
        }
        Moment before = measurement.now();
        Outcome outcome = measurement.step();
        if (outcome.ending() != Ending.LIMIT) {
            throw failure(Kind.GUEST_FAULT, "the run ends with " + reason(outcome) + ", by", line);
        }
        int vector = cpu.lastVector();
        if (vector >= 0 && vector < EXCEPTIONS && vector != NMI && !cpu.lastVectorSoftware()) {
            throw failure(Kind.GUEST_FAULT, fault(vector) + " by", line);
        }
        Interval interval = measurement.between(before, measurement.now());
        long[] cycles = new long[Cause.values().length];
        for (Cause cause : Cause.values()) {
            cycles[cause.ordinal()] = interval.phases().cycles(cause);
        }
        return new Step(line, cycles, interval.misses());
    }

    private static String reason(Outcome outcome) {
        return outcome.reason().isEmpty()
                ? "'" + outcome.ending().toString().toLowerCase(java.util.Locale.ROOT) + "'"
                : "'" + outcome.reason() + "'";
    }

    private String fault(int vector) {
        String name = vector < EXCEPTION_NAMES.length ? EXCEPTION_NAMES[vector] : "exception " + vector;
        return vector == PAGE_FAULT ? String.format("%s at %08x", name, cpu.control(2)) : name;
    }

    private SnippetException failure(Kind kind, String what, CodeLine line) {
        return new SnippetException(
                kind, snippet.name() + ":" + Math.max(1, line.line()) + ":1: " + what + " '" + line.text() + "'");
    }
}
