package org.orrery.cpu;

import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;

/**
 * The time that memory takes behind the cache, charged to the ledger. A read miss stalls until the requested dword arrives, the fill of
 * the line goes on behind, and the next miss waits for it. Sources: {@code penalties.md} sections 1 (bus as r-b-w), 6 (line fill, critical
 * dword first) and 7 (four write buffers). Reads and buffered writes do not yet contend for the bus.
 */
final class Bus implements Stateful {
    private static final int WRITE_BUFFERS = 4;

    private final Ledger ledger;
    private final Cache cache;
    private final PhysicalMemory memory;
    private final int firstRead;
    private final int lineRead;
    private final int write;

    /** When the bus has ended the last read that it began. */
    private long readDone;
    /** When the last buffered write will have gone to the bus. */
    private long writesDone;
    /** CR0.CD: reads that miss fill nothing. */
    private boolean cacheDisabled = true;
    /** How often data, page tables among them, used the cache's port. */
    private long dataUses;
    /** A line of code is wanted that nobody waits for yet: its address, and from when. */
    private boolean prefetching;

    private int prefetchAddress;
    private long prefetchFrom;
    /** The last line of code that came so, and when it was complete. */
    private int prefetched = -1;

    private long prefetchedAt;

    Bus(CpuConfig config, Ledger ledger, Cache cache, PhysicalMemory memory) {
        this.ledger = ledger;
        this.cache = cache;
        this.memory = memory;
        firstRead = config.firstRead() * config.clockRatio();
        lineRead = firstRead + 3 * config.nextRead() * config.clockRatio();
        write = config.write() * config.clockRatio();
    }

    void setCacheDisabled(boolean disabled) {
        cacheDisabled = disabled;
    }

    long dataUses() {
        return dataUses;
    }

    /** A read of data or of a page table: charges its stall, if any, to {@code missCause}. */
    void read(int physical, Cause missCause) {
        dataUses++;
        if (!cache.hit(physical)) {
            settle();
            if (!awaitPrefetched(physical, missCause)) {
                miss(physical, missCause);
            }
        }
    }

    /** A line of code that is waited for. */
    void fetch(int physical) {
        settle();
        if (!awaitPrefetched(physical, Cause.FETCH_MISS) && !cache.hit(physical)) {
            prefetching = false;
            miss(physical, Cause.FETCH_MISS);
        }
    }

    /** Asks for a line of code that nobody waits for yet; a request before this one that has not begun is forgotten. */
    void prefetch(int physical) {
        settle();
        prefetching = true;
        prefetchAddress = physical & -Cache.LINE;
        prefetchFrom = ledger.now;
    }

    /** A jump: what was asked for and has not begun is not wanted any more, and what came is not in the queue any more. */
    void forgetPrefetch() {
        settle();
        prefetching = false;
        if (prefetchedAt <= ledger.now) {
            prefetched = -1;
        }
    }

    /** Begins a prefetch if the bus was idle for it before now. */
    private void settle() {
        long start = Math.max(prefetchFrom, readDone);
        if (prefetching && start < ledger.now) {
            prefetching = false;
            if (!cacheDisabled && memory.cacheable(prefetchAddress)) {
                cache.fill(prefetchAddress);
            }
            readDone = start + lineRead;
            prefetched = prefetchAddress;
            prefetchedAt = readDone;
        }
    }

    /** An access to the line that is still filling waits until it is complete. Source: 273021 section 12.3.1 rule 3. */
    private boolean awaitPrefetched(int physical, Cause cause) {
        if ((physical & -Cache.LINE) != prefetched || ledger.now > prefetchedAt && cause != Cause.FETCH_MISS) {
            return false;
        }
        if (ledger.now < prefetchedAt) {
            ledger.charge(cause, prefetchedAt - ledger.now);
        }
        return true;
    }

    private void miss(int physical, Cause missCause) {
        long start = Math.max(ledger.now, readDone);
        boolean fill = !cacheDisabled && memory.cacheable(physical);
        if (fill) {
            cache.fill(physical);
        }
        readDone = start + (fill ? lineRead : firstRead);
        ledger.charge(missCause, start + firstRead - ledger.now);
    }

    /** A write goes into a write buffer and stalls only if all four are taken. */
    void write(int physical) {
        dataUses++;
        cache.hit(physical);
        writesDone = Math.max(writesDone, ledger.now) + write;
        long stall = writesDone - ledger.now - (long) WRITE_BUFFERS * write;
        if (stall > 0) {
            ledger.charge(Cause.WRITE_BUFFER_FULL, stall);
        }
    }

    @Override
    public String stateName() {
        return "bus";
    }

    @Override
    public void save(StateWriter out) {
        out.put("readDone", readDone);
        out.put("writesDone", writesDone);
        out.put("cacheDisabled", cacheDisabled);
        out.put("dataUses", dataUses);
        out.put("prefetching", prefetching);
        out.put("prefetchAddress", prefetchAddress);
        out.put("prefetchFrom", prefetchFrom);
        out.put("prefetched", prefetched);
        out.put("prefetchedAt", prefetchedAt);
    }

    @Override
    public void load(StateReader in) {
        readDone = in.getLong("readDone");
        writesDone = in.getLong("writesDone");
        cacheDisabled = in.getBoolean("cacheDisabled");
        dataUses = in.getLong("dataUses");
        prefetching = in.getBoolean("prefetching");
        prefetchAddress = in.getInt("prefetchAddress");
        prefetchFrom = in.getLong("prefetchFrom");
        prefetched = in.getInt("prefetched");
        prefetchedAt = in.getLong("prefetchedAt");
    }
}
