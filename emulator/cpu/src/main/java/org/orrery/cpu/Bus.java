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

    /** A read of data, of code or of a page table: charges its stall, if any, to {@code missCause}. */
    void read(int physical, Cause missCause) {
        if (!cache.hit(physical)) {
            miss(physical, missCause);
        }
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
    }

    @Override
    public void load(StateReader in) {
        readDone = in.getLong("readDone");
        writesDone = in.getLong("writesDone");
        cacheDisabled = in.getBoolean("cacheDisabled");
    }
}
