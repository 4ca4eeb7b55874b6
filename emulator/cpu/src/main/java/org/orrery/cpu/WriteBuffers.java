package org.orrery.cpu;

import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;

/**
 * The four write buffers, first in, first out. A write is in here from when the CPU has made it until it begins on the bus. Each remembers
 * whether it hit the cache, because a read may overtake hits only. Source: Embedded Intel486 Hardware Reference Manual p. 53, in
 * {@code penalties.md} section 7; that a buffer is free again when its bus cycle begins is inferred from writes bypassing the buffers while the
 * bus is idle.
 */
final class WriteBuffers implements Stateful {
    static final int COUNT = 4;

    private final int[] addresses = new int[COUNT];
    /** CPU clocks that a device takes for it; 0 for memory, which says so when the time has come. */
    private final int[] deviceClocks = new int[COUNT];

    private final long[] times = new long[COUNT];
    private final boolean[] hits = new boolean[COUNT];
    private int head;
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    boolean isFull() {
        return size == COUNT;
    }

    void add(int physical, int clocks, long time, boolean hit) {
        int at = head + size & COUNT - 1;
        addresses[at] = physical;
        deviceClocks[at] = clocks;
        times[at] = time;
        hits[at] = hit;
        size++;
    }

    /** When the oldest was made. */
    long time() {
        return times[head];
    }

    int address() {
        return addresses[head];
    }

    int deviceClocks() {
        return deviceClocks[head];
    }

    /** Drops the oldest: its bus cycle begins. */
    void remove() {
        head = head + 1 & COUNT - 1;
        size--;
    }

    /** Whether a read may go to the bus before them. */
    boolean allHits() {
        for (int i = 0; i < size; i++) {
            if (!hits[head + i & COUNT - 1]) {
                return false;
            }
        }
        return true;
    }

    /** After a read has overtaken them, or an invalidation: no read overtakes these. */
    void markMisses() {
        java.util.Arrays.fill(hits, false);
    }

    @Override
    public String stateName() {
        return "write buffers";
    }

    @Override
    public void save(StateWriter out) {
        out.putInts("addresses", addresses);
        out.putInts("deviceClocks", deviceClocks);
        out.putLongs("times", times);
        int marks = 0;
        for (int i = 0; i < COUNT; i++) {
            marks |= (hits[i] ? 1 : 0) << i;
        }
        out.put("hits", marks);
        out.put("head", head);
        out.put("size", size);
    }

    @Override
    public void load(StateReader in) {
        in.getInts("addresses", addresses);
        in.getInts("deviceClocks", deviceClocks);
        in.getLongs("times", times);
        int marks = in.getInt("hits");
        for (int i = 0; i < COUNT; i++) {
            hits[i] = (marks >> i & 1) != 0;
        }
        head = in.getInt("head");
        size = in.getInt("size");
    }
}
