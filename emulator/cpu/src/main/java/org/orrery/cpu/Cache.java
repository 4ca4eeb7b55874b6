package org.orrery.cpu;

import java.util.Arrays;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;

/**
 * The on-chip cache: 8 KB for code and data together, 128 sets of 4 ways of 16-byte lines, physical tags, pseudo-LRU, write-through, filled
 * by reads only. It keeps tags, not data: written through and snooped, its data never differ from memory. Source: Embedded Intel486
 * Hardware Reference Manual pp. 54-56, in {@code penalties.md} section 5.
 */
public final class Cache implements Stateful {
    public static final int SETS = 128;
    public static final int WAYS = 4;
    public static final int LINE = 16;

    private static final int VALID = 1;

    /** Physical line address with the valid bit; 0 is empty. */
    private final int[] tags = new int[SETS * WAYS];

    private final int[] lru = new int[SETS];
    /** The slot used last in each set: a hit on it again leaves the pseudo-LRU bits as they are. */
    private final int[] last = new int[SETS];

    private long misses;

    Cache() {
        flush();
    }

    /** Whether the line of a physical address is here; a hit counts as an access for the pseudo-LRU bits. */
    boolean hit(int physical) {
        int set = physical >>> 4 & SETS - 1;
        int tag = physical & -LINE | VALID;
        return tags[last[set]] == tag || search(set, tag);
    }

    private boolean search(int set, int tag) {
        for (int way = 0; way < WAYS; way++) {
            if (tags[set * WAYS + way] == tag) {
                touch(set, way);
                return true;
            }
        }
        return false;
    }

    private void touch(int set, int way) {
        lru[set] = PseudoLru.touch(lru[set], way);
        last[set] = set * WAYS + way;
    }

    /** Fills the line of a physical address that is not here. */
    void fill(int physical) {
        int set = physical >>> 4 & SETS - 1;
        int way = victim(set);
        tags[set * WAYS + way] = physical & -LINE | VALID;
        touch(set, way);
        misses++;
    }

    private int victim(int set) {
        for (int way = 0; way < WAYS; way++) {
            if (tags[set * WAYS + way] == 0) {
                return way;
            }
        }
        return PseudoLru.victim(lru[set]);
    }

    /** Invalidates every line, as INVD and WBINVD do, and clears the pseudo-LRU bits. */
    void flush() {
        Arrays.fill(tags, 0);
        Arrays.fill(lru, 0);
        for (int set = 0; set < SETS; set++) {
            last[set] = set * WAYS;
        }
    }

    /** Whether a way of a set holds a line. */
    public boolean valid(int set, int way) {
        return tags[set * WAYS + way] != 0;
    }

    /** The physical address of the line in a way of a set. */
    public int line(int set, int way) {
        return tags[set * WAYS + way] & -LINE;
    }

    /** Lines filled since reset. */
    public long misses() {
        return misses;
    }

    @Override
    public String stateName() {
        return "cache";
    }

    @Override
    public void save(StateWriter out) {
        out.putInts("tags", tags);
        out.putInts("lru", lru);
        out.putInts("last", last);
        out.put("misses", misses);
    }

    @Override
    public void load(StateReader in) {
        in.getInts("tags", tags);
        in.getInts("lru", lru);
        in.getInts("last", last);
        misses = in.getLong("misses");
    }
}
