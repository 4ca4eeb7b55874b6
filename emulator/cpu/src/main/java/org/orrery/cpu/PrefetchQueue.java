package org.orrery.cpu;

import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;

/**
 * The 32 bytes of the prefetch queue: the line that code comes from and the one after it, once that was asked for. Software sees them: a store
 * into bytes that were fetched already does not change what runs before the next jump. Only when such a store comes are the old bytes kept
 * here; until then the queue equals memory and costs nothing.
 */
final class PrefetchQueue implements Stateful {
    /** No line. */
    static final int NONE = -1;

    private static final int LINE = Cache.LINE;

    private final PhysicalMemory memory;
    private final byte[] fetched = new byte[2 * LINE];
    /** Physical address of the line that code comes from. */
    private int line = NONE;
    /** Physical address of the line after it, or {@link #NONE} if that was not asked for. */
    private int ahead = NONE;
    /** The queue differs from memory: {@link #fetched} is what runs. */
    private boolean stale;

    PrefetchQueue(PhysicalMemory memory) {
        this.memory = memory;
    }

    /** The line that has been asked for, or {@link #NONE}. */
    int ahead() {
        return ahead;
    }

    /** Whether it holds these two lines as memory has them. */
    boolean holds(int first, int second) {
        return line == first && ahead == second && !stale;
    }

    /** Code comes from another line now, and none was asked for yet. A jump empties the queue; so does code that goes on elsewhere. */
    void advance(int newLine, boolean jumped) {
        if (stale) {
            stale = !jumped && newLine == ahead;
            System.arraycopy(fetched, LINE, fetched, 0, LINE);
        }
        line = newLine;
        ahead = NONE;
    }

    /** Asks for the next line. */
    void ask(int next) {
        ahead = next;
        if (stale) {
            fill(next, LINE);
        }
    }

    /** Some bytes of memory are about to change. */
    void store(int physical, int size) {
        if (!stale && (touches(line, physical, size) || touches(ahead, physical, size))) {
            fill(line, 0);
            if (ahead != NONE) {
                fill(ahead, LINE);
            }
            stale = true;
        }
    }

    private static boolean touches(int line, int physical, int size) {
        return line != NONE && physical + size > line && physical < line + LINE;
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
        if (stale && touches(line, physical, 1)) {
            return fetched[physical - line];
        }
        return stale && touches(ahead, physical, 1) ? fetched[LINE + physical - ahead] : (byte) memory.peek8(physical);
    }

    @Override
    public String stateName() {
        return "queue";
    }

    @Override
    public void save(StateWriter out) {
        out.put("line", line);
        out.put("ahead", ahead);
        out.put("stale", stale);
        out.putBytes("fetched", stale ? fetched : new byte[2 * LINE]);
    }

    @Override
    public void load(StateReader in) {
        line = in.getInt("line");
        ahead = in.getInt("ahead");
        stale = in.getBoolean("stale");
        in.getBytes("fetched", fetched);
    }
}
