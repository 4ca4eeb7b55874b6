package org.orrery.cpu;

import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;

/**
 * What the 32-byte prefetch queue shows to software: a store into bytes that were fetched already does not change what runs before the next
 * jump. Taken to hold the line that code comes from and the one after it (inferred: prefetch has run ahead by then). Only when such a store
 * comes are the old bytes kept here; until then the queue equals memory and costs nothing.
 */
final class PrefetchQueue implements Stateful {
    private static final int BYTES = 32;
    private static final int LINE = Cache.LINE;

    private final PhysicalMemory memory;
    private final byte[] fetched = new byte[BYTES];
    /** Physical address of the line that code comes from. */
    private int line;
    /** The queue differs from memory: {@link #fetched} is what runs. */
    private boolean stale;

    PrefetchQueue(PhysicalMemory memory) {
        this.memory = memory;
    }

    /** Code comes from another line now; a jump empties the queue. */
    void advance(int physical, boolean jumped) {
        int next = physical & -LINE;
        if (stale) {
            stale = !jumped && next == line + LINE;
            if (stale) {
                System.arraycopy(fetched, LINE, fetched, 0, LINE);
                fill(next + LINE, LINE);
            }
        }
        line = next;
    }

    /** Some bytes of memory are about to change. */
    void store(int physical, int size) {
        if (!stale && physical + size > line && physical < line + BYTES) {
            fill(line, 0);
            fill(line + LINE, LINE);
            stale = true;
        }
    }

    private void fill(int physical, int at) {
        for (int i = 0; i < LINE; i++) {
            fetched[at + i] = (byte) memory.peek8(physical + i);
        }
    }

    boolean stale() {
        return stale;
    }

    /** The byte that the decoder gets for a physical address. */
    byte read(int physical) {
        int at = physical - line;
        return stale && at >= 0 && at < BYTES ? fetched[at] : (byte) memory.peek8(physical);
    }

    @Override
    public String stateName() {
        return "queue";
    }

    @Override
    public void save(StateWriter out) {
        out.put("line", line);
        out.put("stale", stale);
        out.putBytes("fetched", stale ? fetched : new byte[BYTES]);
    }

    @Override
    public void load(StateReader in) {
        line = in.getInt("line");
        stale = in.getBoolean("stale");
        in.getBytes("fetched", fetched);
    }
}
