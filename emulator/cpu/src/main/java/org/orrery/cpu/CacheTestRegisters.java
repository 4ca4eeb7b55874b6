package org.orrery.cpu;

import java.util.Arrays;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;

/**
 * TR3 to TR5, by which software reads and writes lines of the cache through a fill buffer and a read buffer of 16 bytes each. TR5: what to
 * do (bits 1-0), a dword of the buffer or a way (3-2), the set (10-4). TR4: tag (31-11), valid (10), and of the set that was read the
 * pseudo-LRU bits (9-7) and the valid bits of its ways (6-3). TR3: data. Source: i486 Programmer's Reference Manual, chapter 10.
 *
 * <p>Inferred: bit 7 of TR4 is B0 and bit 3 is way 0; TR5, which is for writing only, reads as it was written; TR3 takes its dword from TR5
 * whatever was done last. A test write is carried out with the cache enabled too, where the manual forbids it.
 */
final class CacheTestRegisters implements Stateful {
    private static final int TAG = ~0x7FF;
    private static final int VALID_SHIFT = 10;
    private static final int LRU_SHIFT = 7;
    private static final int WAYS_SHIFT = 3;
    private static final int WRITE = 1;
    private static final int READ = 2;
    private static final int FLUSH = 3;

    private final Cache cache;
    private final LineData lines;
    private final int[] fillBuffer = new int[4];
    private final int[] readBuffer = new int[4];
    private int status;
    private int control;

    CacheTestRegisters(Cache cache, LineData lines) {
        this.cache = cache;
        this.lines = lines;
    }

    void reset() {
        Arrays.fill(fillBuffer, 0);
        Arrays.fill(readBuffer, 0);
        status = 0;
        control = 0;
    }

    int read(int number) {
        return switch (number) {
            case 3 -> readBuffer[entry()];
            case 4 -> status;
            default -> control;
        };
    }

    /** A write to TR5 carries out what it says. */
    void write(int number, int value) {
        switch (number) {
            case 3 -> fillBuffer[entry()] = value;
            case 4 -> status = value;
            default -> {
                control = value;
                execute(value & 3, value >>> 4 & cache.sets() - 1);
            }
        }
    }

    private int entry() {
        return control >>> 2 & 3;
    }

    private int way() {
        return entry() % cache.ways();
    }

    private void execute(int command, int set) {
        switch (command) {
            case WRITE -> {
                boolean valid = (status >>> VALID_SHIFT & 1) != 0;
                cache.replace(set, way(), status & TAG, valid);
                lines.store(set * cache.ways() + way(), fillBuffer);
            }
            case READ -> {
                lines.load(set * cache.ways() + way(), readBuffer);
                int valid = cache.valid(set, way()) ? 1 << VALID_SHIFT : 0;
                status = cache.line(set, way()) & TAG | valid | cache.lru(set) << LRU_SHIFT | ways(set) << WAYS_SHIFT;
            }
            case FLUSH -> cache.flush();
            default -> {
                // selects the dword of a buffer
            }
        }
    }

    private int ways(int set) {
        int ways = 0;
        for (int way = 0; way < cache.ways(); way++) {
            ways |= cache.valid(set, way) ? 1 << way : 0;
        }
        return ways;
    }

    @Override
    public String stateName() {
        return "cache test registers";
    }

    @Override
    public void save(StateWriter out) {
        out.putInts("fillBuffer", fillBuffer);
        out.putInts("readBuffer", readBuffer);
        out.put("status", status);
        out.put("control", control);
    }

    @Override
    public void load(StateReader in) {
        in.getInts("fillBuffer", fillBuffer);
        in.getInts("readBuffer", readBuffer);
        status = in.getInt("status");
        control = in.getInt("control");
    }
}
