package org.orrery.debugger.ipc;

import java.util.Optional;
import org.orrery.cpu.Cpu;
import org.orrery.debugger.GuestMemory;

/**
 * Finds the running thread from outside. A kernel of this family has its threads' control blocks in an array of blocks of one size, a power
 * of two, each with the thread's kernel stack in it; so the stack that the TSS names for ring 0 tells the block.
 */
public final class ThreadLocator {
    private static final int TSS_ESP0 = 4;

    private final Cpu cpu;
    private final GuestMemory memory;
    private final int blockSize;
    private final int idLow;
    private final int idHigh;

    /**
     * @param blockSize bytes of a thread control block, a power of two
     * @param idLow offset of the low dword of the thread's id
     * @param idHigh offset of the high dword
     */
    public ThreadLocator(Cpu cpu, GuestMemory memory, int blockSize, int idLow, int idHigh) {
        this.cpu = cpu;
        this.memory = memory;
        this.blockSize = blockSize;
        this.idLow = idLow;
        this.idHigh = idHigh;
    }

    /** The linear address of the current thread's control block, or empty if there is no task state yet. */
    public Optional<Integer> block() {
        int field = cpu.taskBase() + TSS_ESP0;
        if (!memory.mapped(field) || !memory.mapped(field + 3)) {
            return Optional.empty();
        }
        int block = memory.read(field, 4) - 1 & -blockSize;
        return memory.mapped(block + idLow) && memory.mapped(block + idHigh) ? Optional.of(block) : Optional.empty();
    }

    /** The id of the current thread, or empty if there is none. */
    public Optional<ThreadId> current() {
        return block().map(this::id);
    }

    /** The id in a thread control block. */
    public ThreadId id(int block) {
        return new ThreadId(memory.read(block + idLow, 4), memory.read(block + idHigh, 4));
    }
}
