package org.orrery.cli.time;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.orrery.cpu.Cause;

/** What the times round of some windows took, for each instruction and in all. */
final class Costs {
    private static final Cause[] CAUSES = Cause.values();

    /** Cycles of an instruction, or of all, over the windows. */
    private static final class Tally {
        final long[] sum = new long[CAUSES.length];
        final String[] why = new String[CAUSES.length];
        long least = Long.MAX_VALUE;
        long most;
        long window;

        void add(Run run, int i) {
            for (Cause cause : CAUSES) {
                int n = cause.ordinal();
                long cycles = run.step(i).cycles()[n];
                sum[n] += cycles;
                window += cycles;
                if (cycles != 0 && cause != Cause.EXECUTE && why[n] == null) {
                    why[n] = Blame.of(run, i, cause);
                }
            }
        }

        void endWindow() {
            least = Math.min(least, window);
            most = Math.max(most, window);
            window = 0;
        }
    }

    private final int times;
    private final Tally all = new Tally();
    private final Map<Integer, Tally> byAddress = new HashMap<>();

    Costs(List<Window> windows) {
        times = windows.size();
        for (Window window : windows) {
            for (int i = window.from(); i < window.to(); i++) {
                all.add(window.run(), i);
                byAddress
                        .computeIfAbsent(window.run().address(i), address -> new Tally())
                        .add(window.run(), i);
            }
            all.endWindow();
            byAddress.values().forEach(Tally::endWindow);
        }
    }

    /** Whether an instruction was executed. */
    boolean has(CodeLine code) {
        return byAddress.containsKey(code.address());
    }

    /** Of all instructions, a window. */
    Timed.Cost total() {
        return cost(all);
    }

    /** Of one instruction, a window. */
    Timed.Cost of(CodeLine code) {
        return cost(byAddress.getOrDefault(code.address(), new Tally()));
    }

    private Timed.Cost cost(Tally tally) {
        Map<String, Double> causes = new LinkedHashMap<>();
        List<Timed.Stall> stalls = new ArrayList<>();
        for (Cause cause : CAUSES) {
            int n = cause.ordinal();
            if (tally.sum[n] != 0) {
                causes.put(cause.label(), mean(tally.sum[n]));
                if (cause != Cause.EXECUTE) {
                    stalls.add(new Timed.Stall(cause.label(), mean(tally.sum[n]), tally.why[n]));
                }
            }
        }
        long least = tally.least == Long.MAX_VALUE ? 0 : tally.least;
        return new Timed.Cost(mean(Arrays.stream(tally.sum).sum()), times, least, tally.most, causes, stalls);
    }

    private double mean(long sum) {
        return times == 0 ? 0 : Math.round(1000.0 * sum / times) / 1000.0;
    }
}
