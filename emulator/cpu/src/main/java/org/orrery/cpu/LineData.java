package org.orrery.cpu;

import java.util.Arrays;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;

/**
 * The data of those cache lines that need not repeat memory: lines written through the test registers, and every line while CR0.NW keeps
 * writes from memory. Such a line hides its bytes of memory until it is replaced or invalidated. All other lines have no data here, and
 * while there is no line of its own nothing costs anything.
 */
final class LineData implements Stateful {
    private static final int LINE = Cache.LINE;

    private final Cache cache;
    private final PhysicalMemory memory;
    private final int slots;
    private final byte[] data;
    /** Which slots hold a valid line with data of its own. */
    private final boolean[] own;

    private int count;
    private boolean writesStay;

    LineData(Cache cache, PhysicalMemory memory) {
        this.cache = cache;
        this.memory = memory;
        slots = cache.sets() * cache.ways();
        data = new byte[slots * LINE];
        own = new boolean[slots];
        memory.hideBehind(this);
    }

    /** CR0.NW: writes that hit stay in the cache. From then on every valid line is one of its own. */
    void setWritesStay(boolean stay) {
        if (stay && !writesStay) {
            for (int slot = 0; slot < slots; slot++) {
                if (cache.valid(slot / cache.ways(), slot % cache.ways()) && !own[slot]) {
                    copyFromMemory(slot);
                    keep(slot);
                }
            }
        }
        writesStay = stay;
    }

    private void copyFromMemory(int slot) {
        for (int i = 0; i < LINE; i++) {
            data[slot * LINE + i] = (byte) memory.peek8(address(slot) + i);
        }
    }

    private int address(int slot) {
        return cache.line(slot / cache.ways(), slot % cache.ways());
    }

    /** What a test read finds in a slot; of a line without data of its own, memory. */
    void load(int slot, int[] dwords) {
        if (!own[slot] && cache.valid(slot / cache.ways(), slot % cache.ways())) {
            copyFromMemory(slot);
        }
        for (int i = 0; i < LINE; i++) {
            int shift = 8 * (i & 3);
            dwords[i >> 2] = dwords[i >> 2] & ~(0xFF << shift) | (data[slot * LINE + i] & 0xFF) << shift;
        }
    }

    /** A test write: the slot's tag is written already, and what it held before is dropped. */
    void store(int slot, int[] dwords) {
        for (int i = 0; i < LINE; i++) {
            data[slot * LINE + i] = (byte) (dwords[i >> 2] >>> 8 * (i & 3));
        }
        if (cache.valid(slot / cache.ways(), slot % cache.ways())) {
            keep(slot);
        }
    }

    private void keep(int slot) {
        own[slot] = true;
        count++;
        memory.hide(address(slot));
    }

    /** The line in a slot is about to go: memory is seen again. */
    void drop(int slot) {
        if (own[slot]) {
            memory.unhide(address(slot), othersHide(slot));
            own[slot] = false;
            count--;
        }
    }

    /** Whether other lines hide bytes of the page that this one is in. */
    private boolean othersHide(int slot) {
        int page = address(slot) >>> PhysicalMemory.PAGE_SHIFT;
        for (int other = 0; other < slots; other++) {
            if (other != slot && own[other] && address(other) >>> PhysicalMemory.PAGE_SHIFT == page) {
                return true;
            }
        }
        return false;
    }

    void dropAll() {
        for (int slot = 0; count > 0; slot++) {
            drop(slot);
        }
    }

    /** Index of the data of a byte of physical memory, or -1 if no line hides it. */
    private int find(int physical) {
        int set = physical >>> 4 & cache.sets() - 1;
        for (int slot = set * cache.ways(); slot < (set + 1) * cache.ways(); slot++) {
            if (own[slot] && address(slot) == (physical & -LINE)) {
                return slot * LINE + (physical & LINE - 1);
            }
        }
        return -1;
    }

    /** Whether a line hides the first or the last byte of an access. */
    boolean hides(int physical, int size) {
        return count > 0 && (find(physical) >= 0 || find(physical + size - 1) >= 0);
    }

    /** Reads an access of which some bytes are hidden. */
    int read(int physical, int size) {
        int value = 0;
        for (int i = size - 1; i >= 0; i--) {
            int at = find(physical + i);
            value = value << 8 | (at >= 0 ? data[at] & 0xFF : memory.readHidden8(physical + i));
        }
        return value;
    }

    /** Writes an access of which some bytes are hidden; returns whether memory takes it as well. */
    boolean write(int physical, int size, int value) {
        for (int i = 0; i < size; i++) {
            int at = find(physical + i);
            if (at >= 0) {
                data[at] = (byte) (value >>> 8 * i);
            } else if (writesStay) {
                memory.writeHidden8(physical + i, value >>> 8 * i);
            }
        }
        return !writesStay;
    }

    @Override
    public String stateName() {
        return "line data";
    }

    @Override
    public void save(StateWriter out) {
        byte[] owned = new byte[slots];
        for (int slot = 0; slot < slots; slot++) {
            owned[slot] = (byte) (own[slot] ? 1 : 0);
        }
        out.put("writesStay", writesStay);
        out.putBytes("own", owned);
        out.putBytes("data", data);
    }

    /** After the tags of the cache were loaded, and {@link #dropAll} was called before. */
    @Override
    public void load(StateReader in) {
        byte[] owned = new byte[slots];
        writesStay = in.getBoolean("writesStay");
        in.getBytes("own", owned);
        in.getBytes("data", data);
        Arrays.fill(own, false);
        for (int slot = 0; slot < slots; slot++) {
            if (owned[slot] != 0) {
                keep(slot);
            }
        }
    }
}
