package org.orrery.cpu;

import java.util.Arrays;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;

/**
 * The on-chip cache: 8 KB for code and data together, 128 sets of 4 ways of 16-byte lines, physical tags, pseudo-LRU, write-through, filled
 * by reads only. It keeps tags, not data: written through and snooped, its data do not differ from memory but for the lines that {@link
 * LineData} has. Source: Embedded Intel486
 * Hardware Reference Manual pp. 54-56, in {@code penalties.md} section 5.
 */
public final class Cache implements Stateful {
    public static final int SETS = 128;
    public static final int WAYS = 4;
    public static final int LINE = 16;

    private static final int VALID = 1;

    /** Physical line address with the valid bit, without which the rest is what the tag array still holds. */
    private final int[] tags = new int[SETS * WAYS];

    private final int[] lru = new int[SETS];
    /** The slot used last in each set: a hit on it again leaves the pseudo-LRU bits as they are. */
    private final int[] last = new int[SETS];

    /** Data of lines that differ from memory, or null if there can be none. */
    private LineData lines;

    private long misses;

    Cache() {
        flush();
    }

    /** Names who is told when lines go. */
    void attach(LineData lineData) {
        lines = lineData;
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
        drop(set * WAYS + way);
        tags[set * WAYS + way] = physical & -LINE | VALID;
        touch(set, way);
        misses++;
    }

    private int victim(int set) {
        for (int way = 0; way < WAYS; way++) {
            if ((tags[set * WAYS + way] & VALID) == 0) {
                return way;
            }
        }
        return PseudoLru.victim(lru[set]);
    }

    private void drop(int slot) {
        if (lines != null) {
            lines.drop(slot);
        }
    }

    /** Writes a tag as the test registers do; {@code tag} is address bits 31 to 11. */
    void replace(int set, int way, int tag, boolean valid) {
        drop(set * WAYS + way);
        tags[set * WAYS + way] = tag | set * LINE | (valid ? VALID : 0);
        touch(set, way);
    }

    /** Invalidates every line, as INVD and WBINVD do, and clears the pseudo-LRU bits; tags stay where they were. */
    void flush() {
        if (lines != null) {
            lines.dropAll();
        }
        for (int slot = 0; slot < tags.length; slot++) {
            tags[slot] &= ~VALID;
        }
        Arrays.fill(lru, 0);
        for (int set = 0; set < SETS; set++) {
            last[set] = set * WAYS;
        }
    }

    /** Whether a way of a set holds a line. */
    public boolean valid(int set, int way) {
        return (tags[set * WAYS + way] & VALID) != 0;
    }

    /** The physical address of the line in a way of a set. */
    public int line(int set, int way) {
        return tags[set * WAYS + way] & -LINE;
    }

    /** The pseudo-LRU bits of a set, B0 in bit 0. */
    int lru(int set) {
        return lru[set];
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
