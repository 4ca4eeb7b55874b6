package org.orrery.debugger.ipc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.orrery.cpu.Cpu;
import org.orrery.debugger.GuestMemory;
import org.orrery.isa.debug.DebugInfo;
import org.orrery.isa.debug.Layout;

/**
 * Finds the running thread from outside. A kernel of this family has its threads' control blocks in an array of blocks of one size, a power
 * of two, each with the thread's kernel stack in it; so the stack that the TSS names for ring 0 tells the block.
 */
public final class ThreadLocator {
    /** The layout of a thread control block. */
    public static final String CONTROL_BLOCK = "tcb";

    /** What to tell the user where there is no locator. */
    public static final String UNKNOWN =
            "this guest does not say that it is an L4 Version 2 kernel (property abi l4-v2, and a layout"
                    + " 'tcb' with id_low and id_high), so its IPC cannot be told";

    private static final String ID_LOW = "id_low";
    private static final String ID_HIGH = "id_high";
    private static final String ABI = "abi";
    private static final String L4 = "l4-v2";
    private static final int TSS_ESP0 = 4;
    private static final int PAGE = 4096;
    private static final int ARRAY_BITS = 4;

    private final Cpu cpu;
    private final GuestMemory memory;
    private final int blockSize;
    private final int idLow;
    private final int idHigh;

    /** Finds threads by what a kernel's files say: an interface of L4 Version 2, and a layout {@code tcb} with the thread's id in it. */
    public static Optional<ThreadLocator> of(Cpu cpu, GuestMemory memory, DebugInfo info) {
        Optional<Layout> block = info.layout(CONTROL_BLOCK);
        boolean known = L4.equals(info.properties().get(ABI))
                && block.isPresent()
                && has(block.get(), ID_LOW)
                && has(block.get(), ID_HIGH)
                && Integer.bitCount(block.get().size()) == 1;
        return known
                ? Optional.of(new ThreadLocator(
                        cpu,
                        memory,
                        block.get().size(),
                        block.get().offset(ID_LOW),
                        block.get().offset(ID_HIGH)))
                : Optional.empty();
    }

    private static boolean has(Layout layout, String field) {
        return layout.fields().stream().anyMatch(f -> f.name().equals(field));
    }

    /**
     * @param blockSize bytes of a thread control block, a power of two
     * @param idLow offset of the low dword of the thread's id
     * @param idHigh offset of the high dword
     */
    ThreadLocator(Cpu cpu, GuestMemory memory, int blockSize, int idLow, int idHigh) {
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

    /**
     * The blocks of all threads with an id, lowest first. The array is taken to reach as far around the current block as the addresses have
     * the same {@value #ARRAY_BITS} bits on top.
     */
    public List<Integer> blocks() {
        List<Integer> blocks = new ArrayList<>();
        if (block().isEmpty()) {
            return blocks;
        }
        int first = block().get() & -1 << 32 - ARRAY_BITS;
        for (int page = 0; page < 1 << 32 - ARRAY_BITS; page += PAGE) {
            for (int at = 0; at < PAGE && memory.mapped(first + page); at += blockSize) {
                ThreadId id = id(first + page + at);
                if (!id.isNil() && !id.isInvalid()) {
                    blocks.add(first + page + at);
                }
            }
        }
        return blocks;
    }
}
