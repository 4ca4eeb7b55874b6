package org.orrery.cli.time;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.orrery.cpu.Cause;

/** Means over windows. */
final class Costs {
    private Costs() {}

    /** The cost of the steps that {@code which} selects, a window. */
    static Timed.Cost of(List<Window> windows, Predicate<Step> which) {
        long[] sum = new long[Cause.values().length];
        String[] why = new String[sum.length];
        long least = Long.MAX_VALUE;
        long most = 0;
        for (Window window : windows) {
            long cycles = 0;
            for (int i = window.from(); i < window.to(); i++) {
                Step step = window.run().step(i);
                if (which.test(step)) {
                    cycles += step.total();
                    add(window.run(), i, sum, why);
                }
            }
            least = Math.min(least, cycles);
            most = Math.max(most, cycles);
        }
        int times = windows.size();
        return new Timed.Cost(
                mean(java.util.Arrays.stream(sum).sum(), times),
                times,
                times == 0 ? 0 : least,
                most,
                causes(sum, times),
                stalls(sum, why, times));
    }

    private static void add(Run run, int i, long[] sum, String[] why) {
        for (Cause cause : Cause.values()) {
            long cycles = run.step(i).cycles()[cause.ordinal()];
            if (cycles != 0) {
                sum[cause.ordinal()] += cycles;
                why[cause.ordinal()] = cause == Cause.EXECUTE ? "" : Blame.of(run, i, cause);
            }
        }
    }

    private static Map<String, Double> causes(long[] sum, int times) {
        Map<String, Double> causes = new LinkedHashMap<>();
        for (Cause cause : Cause.values()) {
            if (sum[cause.ordinal()] != 0) {
                causes.put(cause.label(), mean(sum[cause.ordinal()], times));
            }
        }
        return causes;
    }

    private static List<Timed.Stall> stalls(long[] sum, String[] why, int times) {
        List<Timed.Stall> stalls = new ArrayList<>();
        for (Cause cause : Cause.values()) {
            int n = cause.ordinal();
            if (cause != Cause.EXECUTE && sum[n] != 0) {
                stalls.add(new Timed.Stall(cause.label(), mean(sum[n], times), why[n]));
            }
        }
        return stalls;
    }

    private static double mean(long sum, int times) {
        return times == 0 ? 0 : Math.round(1000.0 * sum / times) / 1000.0;
    }
}
