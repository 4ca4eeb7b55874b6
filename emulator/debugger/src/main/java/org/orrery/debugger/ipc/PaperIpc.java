package org.orrery.debugger.ipc;

import java.util.List;
import java.util.Optional;

/**
 * What a short cross-space IPC costs at least on a 486, as published: J. Liedtke, Improving IPC by Kernel Design, SOSP 1993, section 5.1
 * and Table 3. It assumes cache hits, no parameter checks and no scheduling.
 */
public final class PaperIpc {
    /** Clocks of a TLB miss in the paper's account. */
    public static final int TLB_MISS = 9;
    /** The bound's 127 clocks of execution and 5 TLB misses: 172 clocks, 3.5 µs at 50 MHz. */
    public static final int BOUND = 172;
    /** What L3 achieved: 250 clocks as the paper counts (5 µs), 260 as it measured (5.2 µs). */
    public static final int ACHIEVED = 250;
    /** See {@link #ACHIEVED}. */
    public static final int MEASURED = 260;

    /**
     * One action of the table.
     *
     * @param phase the name under which a kernel's sources mark it
     * @param execute clocks of execution
     * @param tlbMisses TLB misses, each of {@link #TLB_MISS} clocks
     * @param byUser whether it is user code
     */
    public record Action(String phase, int execute, int tlbMisses, boolean byUser) {
        /** Clocks with the TLB misses. */
        public int clocks() {
            return execute + tlbMisses * TLB_MISS;
        }
    }

    private static final List<Action> ACTIONS = List.of(
            new Action("load message", 3, 0, true),
            new Action(org.orrery.debugger.measure.PhaseMap.ENTER, 71, 0, false),
            new Action("access partner", 4, 1, false),
            new Action("load own id", 2, 0, false),
            new Action("switch stack", 4, 0, false),
            new Action("switch address space", 5, 1, false),
            new Action("return", 36, 2, false),
            new Action("inspect message", 2, 1, true));

    private PaperIpc() {}

    /** The actions in the order in which they happen. */
    public static List<Action> actions() {
        return ACTIONS;
    }

    /** The clocks of the bound from the INT to the IRET: without the user code of sender and receiver. */
    public static int kernelClocks() {
        return ACTIONS.stream().filter(a -> !a.byUser).mapToInt(Action::clocks).sum();
    }

    /** The action that a phase is, by name. */
    public static Optional<Action> action(String phase) {
        return ACTIONS.stream().filter(a -> a.phase.equalsIgnoreCase(phase)).findFirst();
    }
}
