package org.orrery.debugger.ipc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.orrery.cpu.Cause;
import org.orrery.debugger.measure.Account;
import org.orrery.debugger.measure.Interval;

/**
 * What one phase of an IPC cost.
 *
 * @param phase its name
 * @param cycles CPU clocks
 * @param instructions executed in it
 * @param causes CPU clocks by the label of the cause, without those that took none
 * @param paper clocks of the paper's action of that name, or null if it has none
 */
public record PhaseCost(String phase, long cycles, long instructions, Map<String, Long> causes, Integer paper) {
    /** The phases of an interval in the order in which they first ran. Their cycles add up to the interval's. */
    public static List<PhaseCost> of(Interval interval) {
        List<PhaseCost> costs = new ArrayList<>();
        for (int row : interval.order()) {
            costs.add(of(interval.phases(), row));
        }
        long sum = costs.stream().mapToLong(PhaseCost::cycles).sum();
        if (sum != interval.cycles()) {
            throw new IllegalStateException("phases hold " + sum + " of " + interval.cycles() + " cycles");
        }
        return costs;
    }

    private static PhaseCost of(Account account, int row) {
        Map<String, Long> causes = new LinkedHashMap<>();
        for (Cause cause : Cause.values()) {
            if (account.cycles(row, cause) != 0) {
                causes.put(cause.label(), account.cycles(row, cause));
            }
        }
        String name = account.rows().get(row);
        Integer paper = PaperIpc.action(name).map(PaperIpc.Action::clocks).orElse(null);
        return new PhaseCost(name, account.cycles(row), account.instructions(row), causes, paper);
    }
}
