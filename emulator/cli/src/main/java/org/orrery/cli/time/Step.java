package org.orrery.cli.time;

import java.util.ArrayList;
import java.util.List;
import org.orrery.cpu.Cause;
import org.orrery.debugger.measure.Miss;

/**
 * One execution of an instruction; all iterations of a REP are one.
 *
 * @param cycles by ordinal of {@link Cause}
 * @param misses what it brought to TLB and cache
 */
record Step(CodeLine code, long[] cycles, List<Miss> misses) {
    long total() {
        long sum = 0;
        for (long c : cycles) {
            sum += c;
        }
        return sum;
    }

    /** This and the next iteration of a REP as one. */
    Step and(Step next) {
        long[] sum = cycles.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += next.cycles[i];
        }
        List<Miss> both = new ArrayList<>(misses);
        both.addAll(next.misses);
        return new Step(code, sum, both);
    }
}
