package org.orrery.cpu;

import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;

/**
 * The segment registers with their hidden parts, LDTR and TR among them, and memory as instructions see it: a segment and an offset.
 * The checks of limit and type are folded into one comparison: {@code readTop} and {@code writeTop} are the last offset that may be
 * touched, or -1 where each access must be looked at more closely.
 */
final class Segments implements Stateful {
    static final int LDTR = 6;
    static final int TR = 7;

    /** Rights, as LAR shows them shifted right by 8. */
    static final int ACCESSED = 1;

    /** Data: may be written. Code: may be read. */
    static final int READ_WRITE = 1 << 1;
    /** Data: expands down. Code: conforming. */
    static final int EXPAND_CONFORM = 1 << 2;

    static final int CODE = 1 << 3;
    static final int NOT_SYSTEM = 1 << 4;
    static final int PRESENT = 1 << 7;
    static final int BIG = 1 << 14;
    static final int GRANULAR = 1 << 15;

    private static final long UNSIGNED = 0xFFFF_FFFFL;

    final int[] selector = new int[8];
    final int[] base = new int[8];
    final int[] limit = new int[8];
    final int[] rights = new int[8];

    private final long[] readTop = new long[6];
    private final long[] writeTop = new long[6];

    private final Mmu mmu;
    private final GuestFault fault;
    /** Who is told of each access, or null. */
    private DebugRegisters watcher;

    Segments(Mmu mmu, GuestFault fault) {
        this.mmu = mmu;
        this.fault = fault;
    }

    /** Loads a segment register with everything hidden. Rights of 0 make it unusable, as a null selector does. */
    void set(int segment, int newSelector, int newBase, int newLimit, int newRights) {
        selector[segment] = newSelector;
        base[segment] = newBase;
        limit[segment] = newLimit;
        rights[segment] = newRights;
        if (segment < LDTR) {
            findTops(segment);
        }
    }

    /** Reports every access from now on to the debug registers, or to nobody. */
    void watch(DebugRegisters debug) {
        watcher = debug;
        for (int segment = 0; segment < LDTR; segment++) {
            findTops(segment);
        }
    }

    private void findTops(int segment) {
        int r = rights[segment];
        long top = limit[segment] & UNSIGNED;
        boolean usable = (r & (PRESENT | NOT_SYSTEM)) == (PRESENT | NOT_SYSTEM);
        boolean code = (r & CODE) != 0;
        boolean plain = usable && watcher == null && (code || (r & EXPAND_CONFORM) == 0);
        readTop[segment] = plain && (!code || (r & READ_WRITE) != 0) ? top : -1;
        writeTop[segment] = plain && !code && (r & READ_WRITE) != 0 ? top : -1;
    }

    int dpl(int segment) {
        return rights[segment] >> 5 & 3;
    }

    boolean big(int segment) {
        return (rights[segment] & BIG) != 0;
    }

    int read8(int segment, int offset) {
        return mmu.read8(linear(segment, offset, 1));
    }

    int read16(int segment, int offset) {
        return mmu.read16(linear(segment, offset, 2));
    }

    int read32(int segment, int offset) {
        return mmu.read32(linear(segment, offset, 4));
    }

    void write8(int segment, int offset, int value) {
        mmu.write8(writable(segment, offset, 1), value);
    }

    void write16(int segment, int offset, int value) {
        mmu.write16(writable(segment, offset, 2), value);
    }

    void write32(int segment, int offset, int value) {
        mmu.write32(writable(segment, offset, 4), value);
    }

    /** Reads what will be written back by the same instruction: faults now if that write would. */
    int update8(int segment, int offset) {
        return mmu.read8(writable(segment, offset, 1), Mmu.WRITE);
    }

    int update16(int segment, int offset) {
        return mmu.read16(writable(segment, offset, 2), Mmu.WRITE);
    }

    int update32(int segment, int offset) {
        return mmu.read32(writable(segment, offset, 4), Mmu.WRITE);
    }

    /** Checks a read of {@code size} bytes and returns its linear address. */
    int linear(int segment, int offset, int size) {
        if ((offset & UNSIGNED) + (size - 1) > readTop[segment]) {
            check(segment, offset, size, false);
        }
        return base[segment] + offset;
    }

    /** Checks a write of {@code size} bytes and returns its linear address. */
    int writable(int segment, int offset, int size) {
        if ((offset & UNSIGNED) + (size - 1) > writeTop[segment]) {
            check(segment, offset, size, true);
        }
        return base[segment] + offset;
    }

    /** The check in full, for what the comparison with the top does not settle. */
    private void check(int segment, int offset, int size, boolean write) {
        int r = rights[segment];
        boolean code = (r & CODE) != 0;
        boolean readWrite = (r & READ_WRITE) != 0;
        boolean usable = (r & (PRESENT | NOT_SYSTEM)) == (PRESENT | NOT_SYSTEM);
        boolean typeAllows = write ? !code && readWrite : !code || readWrite;
        if (!usable || !typeAllows || !inside(segment, offset, size)) {
            throw fault.of(segment == Cpu.SS ? GuestFault.SS : GuestFault.GP, 0);
        }
        if (watcher != null) {
            watcher.touch(base[segment] + offset, size, write);
        }
    }

    private boolean inside(int segment, int offset, int size) {
        long first = offset & UNSIGNED;
        long last = first + size - 1;
        long top = limit[segment] & UNSIGNED;
        boolean down = (rights[segment] & (CODE | EXPAND_CONFORM)) == EXPAND_CONFORM;
        if (!down) {
            return last <= top;
        }
        return first > top && last <= (big(segment) ? UNSIGNED : 0xFFFF);
    }

    @Override
    public String stateName() {
        return "segments";
    }

    @Override
    public void save(StateWriter out) {
        out.putInts("selector", selector);
        out.putInts("base", base);
        out.putInts("limit", limit);
        out.putInts("rights", rights);
    }

    @Override
    public void load(StateReader in) {
        in.getInts("selector", selector);
        in.getInts("base", base);
        in.getInts("limit", limit);
        in.getInts("rights", rights);
        for (int segment = 0; segment < LDTR; segment++) {
            findTops(segment);
        }
    }
}
