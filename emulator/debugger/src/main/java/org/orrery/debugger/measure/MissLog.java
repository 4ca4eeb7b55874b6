package org.orrery.debugger.measure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.orrery.cpu.Cache;
import org.orrery.cpu.Cpu;
import org.orrery.cpu.Tlb;

/**
 * Which pages and lines each instruction brought, found out by comparing what the TLB and the cache hold before and after it. The last
 * few thousand are kept.
 */
final class MissLog {
    private static final int KEPT = 4096;
    private static final int EMPTY = -1;

    private final Tlb tlb;
    private final Cache cache;
    private final Deque<Miss> misses = new ArrayDeque<>();

    /** Linear pages in the TLB before the instruction, by entry. */
    private final int[] pages = new int[Tlb.ENTRIES];
    /** Physical lines that were in the cache after the last miss. */
    private final int[] lines;

    private long tlbMisses;
    private long cacheMisses;

    MissLog(Cpu cpu) {
        tlb = cpu.tlb();
        cache = cpu.cache();
        cacheMisses = cache.misses();
        lines = new int[cache.sets() * cache.ways()];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = line(i);
        }
    }

    private int page(int entry) {
        return tlb.valid(entry) ? tlb.linearPage(entry) : EMPTY;
    }

    private int line(int slot) {
        int set = slot / cache.ways();
        int way = slot % cache.ways();
        return cache.valid(set, way) ? cache.line(set, way) : EMPTY;
    }

    /** Notes what is there before an instruction. */
    void before() {
        tlbMisses = tlb.misses();
        for (int i = 0; i < pages.length; i++) {
            pages[i] = page(i);
        }
    }

    /** Lists what the instruction brought. */
    void after(long cycle, int instruction, int phase) {
        if (tlb.misses() != tlbMisses) {
            for (int i = 0; i < pages.length; i++) {
                int page = page(i);
                if (page != EMPTY && page != pages[i]) {
                    add(new Miss(Miss.Kind.TLB, cycle, page, instruction, phase));
                }
            }
        }
        if (cache.misses() != cacheMisses) {
            for (int line : broughtLines()) {
                add(new Miss(Miss.Kind.CACHE, cycle, line, instruction, phase));
            }
        }
    }

    /** If fewer slots changed than lines came, the cache was flushed after the last miss: then all that it holds is new. */
    private List<Integer> broughtLines() {
        List<Integer> changed = new ArrayList<>();
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            int line = line(i);
            if (line != EMPTY) {
                all.add(line);
                if (line != lines[i]) {
                    changed.add(line);
                }
            }
            lines[i] = line;
        }
        long came = cache.misses() - cacheMisses;
        cacheMisses += came;
        return changed.size() < came ? all : changed;
    }

    private void add(Miss miss) {
        if (misses.size() == KEPT) {
            misses.removeFirst();
        }
        misses.addLast(miss);
    }

    /** The misses after cycle {@code from} up to cycle {@code to}, oldest first. */
    List<Miss> between(long from, long to) {
        Deque<Miss> found = new ArrayDeque<>();
        for (Iterator<Miss> i = misses.descendingIterator(); i.hasNext(); ) {
            Miss miss = i.next();
            if (miss.cycle() <= from) {
                break;
            }
            if (miss.cycle() <= to) {
                found.addFirst(miss);
            }
        }
        return List.copyOf(found);
    }
}
