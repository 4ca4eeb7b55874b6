package org.orrery.cpu;

import java.util.Arrays;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;

/**
 * The on-chip cache: for code and data together, 16-byte lines, physical tags, pseudo-LRU, write-through, filled by reads only. The i486 has 128
 * sets of 4 ways, 8 KB; other sizes are values of the profile. It keeps tags, not data: written through and snooped, its data do not differ from
 * memory but for the lines that {@link LineData} has. Source: Embedded Intel486
 * Hardware Reference Manual pp. 54-56, in {@code penalties.md} section 5.
 */
public final class Cache implements Stateful {
    /** Bytes of a line. */
    public static final int LINE = 16;

    private static final int VALID = 1;

    /** Physical line address with the valid bit, without which the rest is what the tag array still holds. */
    private final int[] tags;

    private final int[] lru;
    /** The tag used last in each set: a hit on it again leaves the pseudo-LRU bits as they are. */
    private final int[] recent;

    /** Data of lines that differ from memory, or null if there can be none. */
    private LineData lines;

    private final int sets;
    private final int ways;
    private final boolean present;
    private long misses;
    /** How often what it holds, or the order of its last uses, has changed. */
    private long changes;

    /**
     * @param bytes a power of two, or 0 for a cache that is not there
     * @param ways 1, 2 or 4
     */
    Cache(int bytes, int ways) {
        present = bytes > 0;
        this.ways = ways;
        sets = Math.max(1, bytes / LINE / ways);
        tags = new int[sets * ways];
        lru = new int[sets];
        recent = new int[sets];
        flush();
    }

    /** Names who is told when lines go. */
    void attach(LineData lineData) {
        lines = lineData;
    }

    /** Whether there is a cache at all. */
    boolean present() {
        return present;
    }

    public int sets() {
        return sets;
    }

    public int ways() {
        return ways;
    }

    /** Whether the line of a physical address is here; a hit counts as an access for the pseudo-LRU bits. */
    boolean hit(int physical) {
        int set = physical >>> 4 & sets - 1;
        int tag = physical & -LINE | VALID;
        return recent[set] == tag || search(set, tag);
    }

    /** Whether the line of a physical address is here; not an access. */
    boolean holds(int physical) {
        int set = physical >>> 4 & sets - 1;
        int tag = physical & -LINE | VALID;
        return recent[set] == tag || find(set, tag) < ways;
    }

    private boolean search(int set, int tag) {
        int way = find(set, tag);
        if (way < ways) {
            touch(set, way);
        }
        return way < ways;
    }

    /** The way of a set that has a tag, or the number of ways. */
    private int find(int set, int tag) {
        int way = 0;
        while (way < ways && tags[set * ways + way] != tag) {
            way++;
        }
        return way;
    }

    private void touch(int set, int way) {
        changes++;
        lru[set] = PseudoLru.touch(lru[set], way);
        recent[set] = tags[set * ways + way];
    }

    /** Fills the line of a physical address that is not here. */
    void fill(int physical) {
        int set = physical >>> 4 & sets - 1;
        int way = victim(set);
        drop(set * ways + way);
        tags[set * ways + way] = physical & -LINE | VALID;
        touch(set, way);
        misses++;
    }

    private int victim(int set) {
        for (int way = 0; way < ways; way++) {
            if ((tags[set * ways + way] & VALID) == 0) {
                return way;
            }
        }
        return PseudoLru.victim(lru[set], ways);
    }

    private void drop(int slot) {
        if (lines != null) {
            lines.drop(slot);
        }
    }

    /** Writes a tag as the test registers do; {@code tag} is address bits 31 to 11. */
    void replace(int set, int way, int tag, boolean valid) {
        drop(set * ways + way);
        tags[set * ways + way] = tag & -(sets * LINE) | set * LINE | (valid ? VALID : 0);
        touch(set, way);
    }

    /** Invalidates every line, as INVD and WBINVD do, and clears the pseudo-LRU bits; tags stay where they were. */
    void flush() {
        changes++;
        if (lines != null) {
            lines.dropAll();
        }
        for (int slot = 0; slot < tags.length; slot++) {
            tags[slot] &= ~VALID;
        }
        Arrays.fill(lru, 0);
        Arrays.fill(recent, 0);
    }

    /** Whether a way of a set holds a line. */
    public boolean valid(int set, int way) {
        return (tags[set * ways + way] & VALID) != 0;
    }

    /** The physical address of the line in a way of a set. */
    public int line(int set, int way) {
        return tags[set * ways + way] & -LINE;
    }

    /** The pseudo-LRU bits of a set, B0 in bit 0. */
    int lru(int set) {
        return lru[set];
    }

    /** How often what it holds, or the order of its last uses, has changed: while this stays, whatever was found is found again. */
    long changes() {
        return changes;
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
        out.putInts("recent", recent);
        out.put("misses", misses);
        out.put("changes", changes);
    }

    @Override
    public void load(StateReader in) {
        in.getInts("tags", tags);
        in.getInts("lru", lru);
        in.getInts("recent", recent);
        misses = in.getLong("misses");
        changes = in.getLong("changes");
    }
}
