package org.orrery.cpu;

import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;

/**
 * The time that memory takes behind the cache: one line of bus cycles, one after the other, charged to the ledger where the CPU waits for them.
 * Rules and sources: {@code docs/timing-model.md}, from {@code penalties.md} sections 1 and 5 to 8.
 *
 * <p>It is evaluated when somebody asks: until then what is buffered has not begun. {@link #settle} begins what the bus would have begun by a
 * clock. Two gates keep the common cases short: {@link #quiet} is the clock from which a hit costs nothing, {@link #idle} that from which a write
 * goes straight to the bus.
 */
final class Bus implements Stateful {
    private static final long NEVER = Long.MAX_VALUE;
    private static final int LINE = -Cache.LINE;
    private static final int NO_LINE = -1;
    private static final int DWORD = 4;
    private static final int QWORD = 8;
    /** A bus cycle without wait states, which the clock table's figures of port accesses contain. */
    private static final int ZERO_WAIT_CYCLE = 2;

    private final Ledger ledger;
    private final Cache cache;
    private final PhysicalMemory memory;
    private final BoardMemory board;
    private final WriteBuffers buffers = new WriteBuffers();
    private final int clockRatio;

    /** The clock at which the bus has ended the last cycle that began. */
    private long free;
    /** The line of the last fill, and when it is complete. */
    private int fillLine;

    private long filled;
    /** A line of code is wanted that nobody waits for yet: its address, from when, and whether the cache may keep it. */
    private boolean prefetching;

    private int prefetchAddress;
    private long prefetchFrom;
    private boolean prefetchKeeps;
    /** The line of code that came so since the last jump, whether the cache kept it or not, or {@link #NO_LINE}. */
    private int prefetched = NO_LINE;

    private long dataUses;
    /** CR0.CD: reads that miss fill nothing, and keep their place among the writes. */
    private boolean cacheDisabled = true;
    /** CR0.NW with CD: writes that hit the cache stay there. */
    private boolean noWriteThrough = true;

    /** Between the read and the write of a locked instruction. */
    private boolean locked;
    /** Clocks of the locked read and write that the instruction's own figure still covers. */
    private int covered;

    private long quiet;
    private long idle = NEVER;

    Bus(CpuConfig config, Ledger ledger, Cache cache, PhysicalMemory memory) {
        this.ledger = ledger;
        this.cache = cache;
        this.memory = memory;
        clockRatio = config.clockRatio();
        board = new BoardMemory(config.memory(), clockRatio);
    }

    void setCacheMode(boolean disabled, boolean notWriteThrough) {
        settle(ledger.now);
        cacheDisabled = disabled;
        noWriteThrough = disabled && notWriteThrough;
        setGates();
    }

    /** How often data, page tables among them, used the cache's port. */
    long dataUses() {
        return dataUses;
    }

    /** Whether the cache has a line of code for the prefetch queue at once. */
    boolean has(int physical) {
        return ledger.now >= quiet && cache.hit(physical);
    }

    /** Whether the cache serves a read of data at once. */
    boolean serves(int physical) {
        dataUses++;
        return ledger.now >= quiet && cache.hit(physical);
    }

    /**
     * A read of data that the cache did not serve at once.
     *
     * @param mayFill whether the page tables allow a line to be filled
     */
    void read(int physical, int size, boolean mayFill) {
        if (locked) {
            lockedRead(physical, size);
        } else {
            read(physical, size, Cause.READ_MISS, mayFill);
        }
    }

    /** An aligned read of 64 bits that the cache did not serve at once: both dwords come in a burst, of a line or of the two alone. */
    void read64(int physical, boolean mayFill) {
        dataUses++;
        read(physical, QWORD, Cause.READ_MISS, mayFill);
        awaitFill(physical, Cause.READ_MISS);
    }

    /** A read of a page table entry that the cache did not serve at once. */
    void readTable(int physical, boolean mayFill) {
        read(physical, DWORD, Cause.TLB_WALK, mayFill);
    }

    private void read(int physical, int size, Cause cause, boolean mayFill) {
        settle(ledger.now);
        awaitFill(physical, cause);
        if (!cache.hit(physical)) {
            miss(physical, size, cause, mayFill);
        }
        setGates();
    }

    /** Whether the cache serves what it has, and no line of code is coming or has come ahead of its use. */
    boolean calm() {
        return ledger.now >= quiet && prefetched == NO_LINE;
    }

    /** A line of code that the cache did not have at once and that is waited for. */
    void fetch(int physical, boolean mayFill) {
        settle(ledger.now);
        boolean came = awaitFill(physical, Cause.FETCH_MISS) || (physical & LINE) == prefetched;
        if (!came && !cache.hit(physical)) {
            prefetching = false;
            miss(physical, Cache.LINE, Cause.FETCH_MISS, mayFill);
        }
        setGates();
    }

    /**
     * Asks for a line of code that nobody waits for yet, unless the cache has it; {@link #fetch} waits for what is left of it. A request before
     * this one that has not begun is forgotten.
     *
     * @return whether the cache has it
     */
    boolean prefetch(int physical, boolean mayFill) {
        settle(ledger.now);
        boolean coming = ledger.now < filled && (physical & LINE) == fillLine;
        boolean here = !coming && cache.hit(physical);
        prefetching = !coming && !here;
        prefetchAddress = physical & LINE;
        prefetchFrom = ledger.now;
        prefetchKeeps = mayFill;
        setGates();
        return here;
    }

    /** A jump: what was asked for and has not begun is not wanted any more, and the queue is empty. */
    void forgetPrefetch() {
        if (prefetching) {
            settle(ledger.now);
            prefetching = false;
            setGates();
        }
        prefetched = NO_LINE;
    }

    /** An access to the line that is still filling waits until it is complete. Source: 273021 section 12.3.1 rule 3. */
    private boolean awaitFill(int physical, Cause cause) {
        boolean same = ledger.now < filled && (physical & LINE) == fillLine;
        if (same) {
            ledger.charge(cause, filled - ledger.now);
        }
        return same;
    }

    /** A read on the bus: the CPU goes on when the requested dword is there, the rest of a line comes behind. */
    private void miss(int physical, int size, Cause cause, boolean mayFill) {
        letWritesPass();
        long start = begin(ledger.now);
        if (!memory.onBoard(physical)) {
            free = start + memory.readClocks(physical, size);
            ledger.charge(Cause.DEVICE_WAIT, free - ledger.now);
            return;
        }
        boolean keeps = keeps(physical, mayFill);
        boolean line = keeps || size == Cache.LINE;
        board.read(physical, line && memory.cacheable(physical));
        int needed = size == QWORD && !line ? board.pair() : board.first();
        free = start + (line ? board.line() : needed);
        if (line) {
            fill(physical, keeps);
        }
        ledger.charge(cause, start + needed - ledger.now);
    }

    private boolean keeps(int physical, boolean mayFill) {
        return mayFill && !cacheDisabled && cache.present() && memory.cacheable(physical);
    }

    private void fill(int physical, boolean keeps) {
        if (keeps) {
            cache.fill(physical);
        }
        fillLine = physical & LINE;
        filled = free;
    }

    /** Reads wait for buffered writes, but overtake them once if all are cache hits. Source: Hardware Reference Manual p. 53. */
    private void letWritesPass() {
        if (buffers.isEmpty()) {
            return;
        }
        if (!cacheDisabled && buffers.allHits()) {
            buffers.markMisses();
        } else {
            drain();
        }
    }

    private void drain() {
        while (!buffers.isEmpty()) {
            beginWrite();
        }
    }

    /** When a bus cycle asked for at a clock begins: after the one before it, and with a clock of the bus. */
    private long begin(long asked) {
        long start = Math.max(asked, free);
        return clockRatio == 1 ? start : (start + clockRatio - 1) / clockRatio * clockRatio;
    }

    /** Begins what the bus begins before a clock: writes in their order, then a prefetch, which has the lowest priority. */
    private void settle(long until) {
        while (true) {
            long write = buffers.isEmpty() ? NEVER : begin(buffers.time());
            long prefetch = prefetching ? begin(prefetchFrom) : NEVER;
            if (Math.min(write, prefetch) >= until) {
                return;
            }
            if (write <= prefetch) {
                beginWrite();
            } else {
                beginPrefetch(prefetch);
            }
        }
    }

    private void beginWrite() {
        long start = begin(buffers.time());
        int clocks = buffers.deviceClocks();
        free = start + (clocks == 0 ? board.write(buffers.address()) : clocks);
        buffers.remove();
    }

    private void beginPrefetch(long start) {
        prefetching = false;
        free = start + lineClocks(prefetchAddress);
        fill(prefetchAddress, keeps(prefetchAddress, prefetchKeeps));
        prefetched = prefetchAddress;
    }

    private int lineClocks(int physical) {
        if (!memory.onBoard(physical)) {
            return memory.readClocks(physical, Cache.LINE);
        }
        board.read(physical, memory.cacheable(physical));
        return board.line();
    }

    /** A write: to the bus if that is idle, else into a buffer; waits only if all four are taken. */
    void write(int physical, int size) {
        dataUses++;
        if (ledger.now >= idle) {
            free = begin(ledger.now) + writeClocks(physical, size, cache.hit(physical));
            idle = free;
        } else {
            buffer(physical, size);
        }
    }

    private int writeClocks(int physical, int size, boolean hit) {
        return hit || memory.onBoard(physical) ? board.write(physical) : memory.writeClocks(physical, size);
    }

    private void buffer(int physical, int size) {
        settle(ledger.now);
        boolean hit = cache.hit(physical);
        if (locked) {
            chargeLocked(writeClocks(physical, size, hit));
            return;
        }
        if (hit) {
            awaitFill(physical, Cause.READ_MISS);
            if (noWriteThrough) {
                return;
            }
        }
        int deviceClocks = hit || memory.onBoard(physical) ? 0 : memory.writeClocks(physical, size);
        enqueue(physical, deviceClocks, hit);
        setGates();
    }

    private void enqueue(int physical, int deviceClocks, boolean hit) {
        if (buffers.isFull()) {
            long start = begin(buffers.time());
            if (start > ledger.now) {
                ledger.charge(Cause.WRITE_BUFFER_FULL, start - ledger.now);
            }
            beginWrite();
        }
        if (buffers.isEmpty() && free <= ledger.now) {
            free = begin(ledger.now) + (deviceClocks == 0 ? board.write(physical) : deviceClocks);
        } else {
            buffers.add(physical, deviceClocks, ledger.now, hit);
        }
    }

    /**
     * The next read of data and the write that follows it are locked: the buffers empty first, the read goes to the bus even on a hit, and the CPU
     * goes on when the write has been made. Source: notes of Intel's clock table, {@code penalties.md} section 8.
     *
     * @param clocks how many clocks of the two cycles the instruction's own figure contains
     */
    void lock(int clocks) {
        locked = true;
        covered = clocks;
        setGates();
    }

    void unlock() {
        locked = false;
        setGates();
    }

    private void lockedRead(int physical, int size) {
        settle(ledger.now);
        awaitWrites(Cause.LOCKED_BUS);
        if (memory.onBoard(physical)) {
            board.read(physical, false);
            chargeLocked(board.first());
        } else {
            chargeLocked(memory.readClocks(physical, size));
        }
    }

    private void chargeLocked(int clocks) {
        int included = Math.min(clocks, covered);
        covered -= included;
        ledger.charge(Cause.LOCKED_BUS, clocks - included);
        free = Math.max(free, ledger.now);
    }

    /** Waits until every write is made and the bus is free. */
    private void awaitWrites(Cause cause) {
        drain();
        long start = begin(ledger.now);
        if (start > ledger.now) {
            ledger.charge(cause, start - ledger.now);
        }
    }

    /**
     * A locked update of a descriptor or page table entry that is part of an instruction's or a walk's published figure.
     *
     * @param clocks that figure, which contains a read and a write without wait states
     */
    void lockedUpdate(int physical, Cause cause, int clocks) {
        settle(ledger.now);
        awaitWrites(Cause.LOCKED_BUS);
        board.read(physical, false);
        int waits = board.first() + board.write(physical) - 2 * ZERO_WAIT_CYCLE;
        ledger.charge(cause, clocks + Math.max(0, waits));
        free = ledger.now;
        setGates();
    }

    /**
     * A port access that the CPU waits for, or the INTA cycles: every buffered write goes before it. {@code waits} is beyond the cycles that the
     * table's figure contains.
     */
    void port(int waits) {
        settle(ledger.now);
        awaitWrites(Cause.DEVICE_WAIT);
        ledger.charge(Cause.DEVICE_WAIT, waits);
        free = ledger.now;
        setGates();
    }

    /** A port write of a REP OUTS, which is buffered like a write to memory. */
    void bufferedPort(int waits) {
        settle(ledger.now);
        enqueue(0, waits + ZERO_WAIT_CYCLE, false);
        setGates();
    }

    /** INVD and WBINVD: the cache is empty, and no read overtakes what is buffered. */
    void invalidate() {
        settle(ledger.now);
        cache.flush();
        buffers.markMisses();
        setGates();
    }

    private void setGates() {
        quiet = locked || prefetching ? NEVER : filled;
        idle = locked || prefetching || noWriteThrough || !buffers.isEmpty() ? NEVER : free;
    }

    @Override
    public String stateName() {
        return "bus";
    }

    @Override
    public void save(StateWriter out) {
        out.put("free", free);
        out.put("fillLine", fillLine);
        out.put("filled", filled);
        out.put("prefetching", prefetching);
        out.put("prefetchAddress", prefetchAddress);
        out.put("prefetchFrom", prefetchFrom);
        out.put("prefetchKeeps", prefetchKeeps);
        out.put("prefetched", prefetched);
        out.put("dataUses", dataUses);
        out.put("cacheDisabled", cacheDisabled);
        out.put("noWriteThrough", noWriteThrough);
        buffers.save(out);
        board.save(out);
    }

    @Override
    public void load(StateReader in) {
        free = in.getLong("free");
        fillLine = in.getInt("fillLine");
        filled = in.getLong("filled");
        prefetching = in.getBoolean("prefetching");
        prefetchAddress = in.getInt("prefetchAddress");
        prefetchFrom = in.getLong("prefetchFrom");
        prefetchKeeps = in.getBoolean("prefetchKeeps");
        prefetched = in.getInt("prefetched");
        dataUses = in.getLong("dataUses");
        cacheDisabled = in.getBoolean("cacheDisabled");
        noWriteThrough = in.getBoolean("noWriteThrough");
        buffers.load(in);
        board.load(in);
        setGates();
    }
}
