package org.orrery.cpu;

import java.util.Arrays;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;

/**
 * The translation lookaside buffer: 32 entries in 8 sets of 4 ways, chosen by linear address bits 14 to 12, with pseudo-LRU replacement.
 * What it holds stays until it is replaced or flushed, however the page tables change. Source: Embedded Intel486 Hardware Reference
 * Manual pp. 60-61, in {@code penalties.md} section 9.
 *
 * <p>A key is the linear page with the number of its address space in the low 12 bits; the chip has one space, number 1, and flushes
 * when CR3 is loaded. The what-if of a tagged TLB numbers the spaces instead.
 */
public final class Tlb implements Stateful {
    public static final int ENTRIES = 32;
    static final int MISS = -1;

    /** Attribute bits: the page may be used by user code, may be written, and is marked dirty in its page table entry. */
    public static final int USER = 1;

    public static final int WRITABLE = 2;
    public static final int DIRTY = 4;

    /** The page table entry has PCD set: its page fills no line of the cache. */
    public static final int UNCACHED = 8;

    private static final int SETS = 8;
    private static final int WAYS = 4;
    private static final int PAGE = ~0xFFF;

    private final int[] keys = new int[ENTRIES];
    /** Physical page address, and the attribute bits. */
    private final int[] entries = new int[ENTRIES];

    private final int[] lru = new int[SETS];
    /** The entry used last in each set: a hit on it again leaves the pseudo-LRU bits as they are. */
    private final int[] last = {0, 4, 8, 12, 16, 20, 24, 28};

    private int space = 1;
    private long misses;

    /** Looks a linear address up, as an access does. Returns the entry's number or {@link #MISS}. */
    int lookup(int linear) {
        int set = linear >>> 12 & SETS - 1;
        int key = linear & PAGE | space;
        int entry = last[set];
        return keys[entry] == key ? entry : search(set, key);
    }

    private int search(int set, int key) {
        for (int way = 0; way < WAYS; way++) {
            int entry = set * WAYS + way;
            if (keys[entry] == key) {
                lru[set] = PseudoLru.touch(lru[set], way);
                last[set] = entry;
                return entry;
            }
        }
        return MISS;
    }

    /** Physical page address and attribute bits of an entry. */
    int entry(int number) {
        return entries[number];
    }

    /** Enters a translation, in place of an entry of the same page if there is one, else of an invalid one, else of the victim. */
    int fill(int linear, int physicalPage, int attributes) {
        int set = linear >>> 12 & SETS - 1;
        int key = linear & PAGE | space;
        int entry = search(set, key);
        if (entry == MISS) {
            entry = set * WAYS + victim(set);
            lru[set] = PseudoLru.touch(lru[set], entry & WAYS - 1);
            last[set] = entry;
        }
        keys[entry] = key;
        entries[entry] = physicalPage & PAGE | attributes;
        misses++;
        return entry;
    }

    /** The entry of a linear address, without counting as an access, or {@link #MISS}. */
    int find(int linear) {
        int set = linear >>> 12 & SETS - 1;
        for (int entry = set * WAYS; entry < (set + 1) * WAYS; entry++) {
            if (keys[entry] == (linear & PAGE | space)) {
                return entry;
            }
        }
        return MISS;
    }

    /** Writes a way of a set as the test registers do. */
    void replace(int linear, int way, boolean valid, int physicalPage, int attributes) {
        int entry = (linear >>> 12 & SETS - 1) * WAYS + way;
        keys[entry] = valid ? linear & PAGE | space : 0;
        entries[entry] = physicalPage & PAGE | attributes;
    }

    /** The way that the next fill of a set takes. */
    int victim(int set) {
        for (int way = 0; way < WAYS; way++) {
            if (keys[set * WAYS + way] == 0) {
                return way;
            }
        }
        return PseudoLru.victim(lru[set]);
    }

    /** Forgets everything. */
    void flush() {
        Arrays.fill(keys, 0);
        Arrays.fill(lru, 0);
    }

    /** Forgets one page of the current address space; returns whether it was there. */
    boolean invalidate(int linear) {
        int entry = find(linear);
        if (entry == MISS) {
            return false;
        }
        keys[entry] = 0;
        return true;
    }

    /** What-if of a tagged TLB: entries of other spaces stay but do not match. Numbers are 1 to 4095. */
    void useSpace(int number) {
        space = number;
    }

    /** Whether an entry holds a translation. */
    public boolean valid(int number) {
        return keys[number] != 0;
    }

    /** The linear page address of an entry. */
    public int linearPage(int number) {
        return keys[number] & PAGE;
    }

    /** The physical page address of an entry. */
    public int physicalPage(int number) {
        return entries[number] & PAGE;
    }

    /** {@link #USER}, {@link #WRITABLE} and {@link #DIRTY} of an entry. */
    public int attributes(int number) {
        return entries[number] & ~PAGE;
    }

    /** Translations entered since reset. */
    public long misses() {
        return misses;
    }

    @Override
    public String stateName() {
        return "tlb";
    }

    @Override
    public void save(StateWriter out) {
        out.putInts("keys", keys);
        out.putInts("entries", entries);
        out.putInts("lru", lru);
        out.putInts("last", last);
        out.put("space", space);
        out.put("misses", misses);
    }

    @Override
    public void load(StateReader in) {
        in.getInts("keys", keys);
        in.getInts("entries", entries);
        in.getInts("lru", lru);
        in.getInts("last", last);
        space = in.getInt("space");
        misses = in.getLong("misses");
    }
}
