package org.orrery.debugger.ipc;

import java.util.List;

/**
 * What one IPC costs on this machine with this kernel: the figures of the pair of threads that exchanged the most messages.
 *
 * @param all one-way times of both directions after the warm-up
 * @param first the first message between the two, with a cold cache
 * @param directions each direction after the warm-up, calls first
 * @param warmUp messages left out at the beginning
 * @param boundCycles the paper's lower bound, its TLB misses included
 * @param achievedCycles what the paper's kernel achieved
 * @param measuredCycles what the paper measured for a short cross-space IPC
 */
public record IpcReport(
        IpcStatistics all,
        IpcSample first,
        List<Direction> directions,
        int warmUp,
        int boundCycles,
        int achievedCycles,
        int measuredCycles) {

    /**
     * Messages from one thread to the other.
     *
     * @param statistics one-way times
     * @param typical the first message with the most frequent time
     */
    public record Direction(IpcStatistics statistics, IpcSample typical) {}
}
