package org.orrery.cpu;

import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;

/**
 * What answers on the bus: DRAM with one open row and, if the board has one, an external cache. It keeps tags and the row, and answers in CPU
 * clocks. The external cache is direct mapped, has lines of the on-chip cache's size, and is filled by the line fills that miss it; a write that
 * misses it goes to DRAM and fills nothing (inferred). What it writes back on its own takes no time of the bus (inferred). Source of the figures
 * in the profiles and of the row's penalty: {@code penalties.md} section 6.
 */
final class BoardMemory implements Stateful {
    private static final int VALID = 1;
    private static final int NO_ROW = -1;

    private final int firstRead;
    private final int nextRead;
    private final int write;
    private final int rowMiss;
    private final int rowShift;
    private final int externalFirstRead;
    private final int externalNextRead;
    private final int externalWrite;
    /** Line addresses of the external cache with the valid bit; empty without one. */
    private final int[] tags;

    private int openRow = NO_ROW;

    /** Of the last {@link #read}: CPU clocks to its first transfer, and of each further one. */
    private int first;

    private int next;

    BoardMemory(MemoryTiming timing, int clockRatio) {
        firstRead = timing.firstRead() * clockRatio;
        nextRead = timing.nextRead() * clockRatio;
        write = timing.write() * clockRatio;
        rowMiss = timing.rowMiss() * clockRatio;
        rowShift = Integer.numberOfTrailingZeros(timing.rowBytes());
        externalFirstRead = timing.externalFirstRead() * clockRatio;
        externalNextRead = timing.externalNextRead() * clockRatio;
        externalWrite = timing.externalWrite() * clockRatio;
        tags = new int[timing.externalBytes() / Cache.LINE];
    }

    /** A read that begins now. {@code line} is whether it brings a line that caches may keep. */
    void read(int physical, boolean line) {
        int slot = slot(physical);
        if (slot >= 0 && tags[slot] == tag(physical)) {
            first = externalFirstRead;
            next = externalNextRead;
            return;
        }
        if (slot >= 0 && line) {
            tags[slot] = tag(physical);
        }
        first = firstRead + rowPenalty(physical);
        next = nextRead;
    }

    /** CPU clocks until the requested dword of the last {@link #read} is there. */
    int first() {
        return first;
    }

    /** CPU clocks of two dwords in a burst, of which the requested one is the first of the last {@link #read}. */
    int pair() {
        return first + next;
    }

    /** CPU clocks of the whole line of the last {@link #read}: four transfers. */
    int line() {
        return first + 3 * next;
    }

    /** CPU clocks of a write that begins now. */
    int write(int physical) {
        int slot = slot(physical);
        if (slot >= 0 && tags[slot] == tag(physical)) {
            return externalWrite;
        }
        return write + rowPenalty(physical);
    }

    private int slot(int physical) {
        return tags.length == 0 ? -1 : physical / Cache.LINE & tags.length - 1;
    }

    private static int tag(int physical) {
        return physical & -Cache.LINE | VALID;
    }

    private int rowPenalty(int physical) {
        int row = physical >>> rowShift;
        if (row == openRow) {
            return 0;
        }
        openRow = row;
        return rowMiss;
    }

    @Override
    public String stateName() {
        return "board memory";
    }

    @Override
    public void save(StateWriter out) {
        out.putInts("tags", tags);
        out.put("openRow", openRow);
    }

    @Override
    public void load(StateReader in) {
        in.getInts("tags", tags);
        openRow = in.getInt("openRow");
    }
}
