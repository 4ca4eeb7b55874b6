package org.orrery.cpu;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Cache, write buffers, bus and board clock by clock, written down without any short cut: each clock the bus, if it is free, begins what has come
 * first in the order of priorities. For comparison with {@link Bus}.
 */
final class NaiveBus {
    private static final class Write {
        final int physical;
        boolean hit;

        Write(int physical, boolean hit) {
            this.physical = physical;
            this.hit = hit;
        }
    }

    private final CpuConfig config;
    private final int ratio;
    private final int sets;
    private final Map<Integer, Integer> lineOfSlot = new HashMap<>();
    private final Map<Integer, boolean[]> trees = new HashMap<>();
    private final Deque<Write> pending = new ArrayDeque<>();
    private final Map<Integer, Integer> external = new HashMap<>();
    private final Set<Integer> requested = new LinkedHashSet<>();

    long now;
    private long busyUntil;
    private int fillLine = -1;
    private long fillEnd;
    private int openRow = -1;
    boolean cacheDisabled;

    NaiveBus(CpuConfig config) {
        this.config = config;
        ratio = config.clockRatio();
        sets = config.cacheBytes() / 16 / config.cacheWays();
    }

    void pass(int clocks) {
        for (int i = 0; i < clocks; i++) {
            tick();
        }
    }

    private void tick() {
        if (busFree()) {
            if (!pending.isEmpty()) {
                beginWrite();
            } else if (!requested.isEmpty()) {
                int line = requested.iterator().next();
                requested.clear();
                beginFill(line, !cacheDisabled);
            }
        }
        now++;
    }

    /** Free, and at the beginning of a bus clock. */
    private boolean busFree() {
        return now >= busyUntil && now % ratio == 0;
    }

    private void beginWrite() {
        busyUntil = now + writeClocks(pending.removeFirst().physical);
    }

    /** Returns the stall. */
    long read(int physical, boolean mayFill) {
        long begin = now;
        while (now < fillEnd && physical >> 4 == fillLine) {
            tick();
        }
        if (cacheHit(physical)) {
            return now - begin;
        }
        boolean first = !cacheDisabled && pending.stream().allMatch(w -> w.hit);
        if (first) {
            pending.forEach(w -> w.hit = false);
        }
        while (!busFree() || !first && !pending.isEmpty()) {
            if (busFree()) {
                beginWrite();
            }
            now++;
        }
        boolean fill = mayFill && !cacheDisabled;
        int critical = fill ? beginFill(physical >> 4, true) : single(physical);
        pass(critical);
        return now - begin;
    }

    private int single(int physical) {
        int clocks = firstClocks(physical, false);
        busyUntil = now + clocks;
        return clocks;
    }

    private int beginFill(int line, boolean keep) {
        boolean hit = externalHas(line);
        int first = firstClocks(line << 4, true);
        int next = hit ? config.memory().externalNextRead() : config.memory().nextRead();
        busyUntil = now + first + 3L * next * ratio;
        fillLine = line;
        fillEnd = busyUntil;
        if (keep) {
            cacheFill(line);
        }
        return first;
    }

    void prefetch(int physical) {
        requested.clear();
        boolean coming = now < fillEnd && physical >> 4 == fillLine;
        if (!coming && !cacheHit(physical)) {
            requested.add(physical >> 4);
        }
    }

    /** Returns the stall. */
    long write(int physical) {
        long begin = now;
        boolean hit = cacheHit(physical);
        while (hit && now < fillEnd && physical >> 4 == fillLine) {
            tick();
        }
        if (pending.isEmpty() && now >= busyUntil) {
            long edge = (now + ratio - 1) / ratio * ratio;
            busyUntil = edge + writeClocks(physical);
            return now - begin;
        }
        while (pending.size() == 4) {
            if (busFree()) {
                beginWrite();
            } else {
                now++;
            }
        }
        pending.add(new Write(physical, hit));
        return now - begin;
    }

    void invalidate() {
        lineOfSlot.clear();
        trees.clear();
        pending.forEach(w -> w.hit = false);
    }

    boolean cacheHit(int physical) {
        int line = physical >> 4;
        int set = line % sets;
        for (int way = 0; way < config.cacheWays(); way++) {
            if (lineOfSlot.getOrDefault(set * 4 + way, -1) == line) {
                touch(set, way);
                return true;
            }
        }
        return false;
    }

    private void cacheFill(int line) {
        int set = line % sets;
        int way = victim(set);
        lineOfSlot.put(set * 4 + way, line);
        touch(set, way);
    }

    private boolean[] tree(int set) {
        return trees.computeIfAbsent(set, s -> new boolean[3]);
    }

    private int victim(int set) {
        for (int way = 0; way < config.cacheWays(); way++) {
            if (!lineOfSlot.containsKey(set * 4 + way)) {
                return way;
            }
        }
        boolean[] b = tree(set);
        if (config.cacheWays() < 4) {
            return config.cacheWays() == 2 && b[1] ? 1 : 0;
        }
        if (!b[0]) {
            return b[1] ? 1 : 0;
        }
        return b[2] ? 3 : 2;
    }

    private void touch(int set, int way) {
        boolean[] b = tree(set);
        b[0] = way < 2;
        if (way < 2) {
            b[1] = way == 0;
        } else {
            b[2] = way == 2;
        }
    }

    private boolean externalHas(int line) {
        int lines = config.memory().externalBytes() / 16;
        return lines > 0 && external.getOrDefault(line % lines, -1) == line;
    }

    private int firstClocks(int physical, boolean line) {
        int lines = config.memory().externalBytes() / 16;
        if (externalHas(physical >> 4)) {
            return config.memory().externalFirstRead() * ratio;
        }
        if (lines > 0 && line) {
            external.put((physical >> 4) % lines, physical >> 4);
        }
        return config.memory().firstRead() * ratio + row(physical);
    }

    private int writeClocks(int physical) {
        if (externalHas(physical >> 4)) {
            return config.memory().externalWrite() * ratio;
        }
        return config.memory().write() * ratio + row(physical);
    }

    private int row(int physical) {
        int row = physical / config.memory().rowBytes();
        boolean open = row == openRow;
        openRow = row;
        return open ? 0 : config.memory().rowMiss() * ratio;
    }
}
