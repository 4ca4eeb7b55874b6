package org.orrery.debugger.console;

import java.util.ArrayList;
import java.util.List;
import org.orrery.cpu.Cache;
import org.orrery.cpu.Cpu;
import org.orrery.cpu.Tlb;
import org.orrery.debugger.TextTable;
import org.orrery.isa.debug.DebugInfo;

/** The TLB and the cache as lines. */
final class CacheView {
    private static final int TLB_WAYS = 4;
    private static final int PAGE = 4096;

    private CacheView() {}

    static List<String> tlb(Cpu cpu, DebugInfo info) {
        Tlb tlb = cpu.tlb();
        TextTable table = new TextTable().row("set", "way", "linear", "physical", "bits", "symbol");
        int valid = 0;
        for (int i = 0; i < Tlb.ENTRIES; i++) {
            if (!tlb.valid(i)) {
                table.row(i / TLB_WAYS, i % TLB_WAYS, "-");
                continue;
            }
            valid++;
            table.row(
                    i / TLB_WAYS,
                    i % TLB_WAYS,
                    String.format("%08x", tlb.linearPage(i)),
                    String.format("%08x", tlb.physicalPage(i)),
                    bits(tlb.attributes(i)),
                    inPage(info, tlb.linearPage(i)));
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add(String.format(
                "%d of %d entries valid, %,d misses since reset; U user, W writable, D dirty",
                valid, Tlb.ENTRIES, tlb.misses()));
        return lines;
    }

    private static String bits(int attributes) {
        return ((attributes & Tlb.USER) != 0 ? "U" : "-")
                + ((attributes & Tlb.WRITABLE) != 0 ? "W" : "-")
                + ((attributes & Tlb.DIRTY) != 0 ? "D" : "-");
    }

    /** What a page is, by its first symbol or the one that reaches into it. */
    private static String inPage(DebugInfo info, int page) {
        return info.symbols().stream()
                .filter(s -> (s.address() & -PAGE) == page)
                .map(DebugInfo.Symbol::name)
                .findFirst()
                .orElse(info.describe(page));
    }

    static List<String> cacheSummary(Cpu cpu) {
        Cache cache = cpu.cache();
        int valid = 0;
        int fullSets = 0;
        for (int set = 0; set < cache.sets(); set++) {
            int inSet = 0;
            for (int way = 0; way < cache.ways(); way++) {
                inSet += cache.valid(set, way) ? 1 : 0;
            }
            valid += inSet;
            fullSets += inSet == cache.ways() ? 1 : 0;
        }
        return List.of(
                String.format(
                        "%d sets of %d ways of %d bytes: %d of %d lines valid, %d sets full",
                        cache.sets(), cache.ways(), Cache.LINE, valid, cache.sets() * cache.ways(), fullSets),
                String.format("%,d lines filled since reset", cache.misses()));
    }

    private static List<String> heads(int ways) {
        List<String> heads = new ArrayList<>(List.of("set"));
        for (int way = 0; way < ways; way++) {
            heads.add("way " + way);
        }
        return heads;
    }

    /** One set, or all sets that hold anything. */
    static List<String> cacheSets(Cpu cpu, int from, int to) {
        Cache cache = cpu.cache();
        TextTable table = new TextTable().row(heads(cache.ways()));
        for (int set = from; set < to; set++) {
            List<String> cells = new ArrayList<>(List.of(String.valueOf(set)));
            boolean empty = true;
            for (int way = 0; way < cache.ways(); way++) {
                boolean valid = cache.valid(set, way);
                empty &= !valid;
                cells.add(valid ? String.format("%08x", cache.line(set, way)) : "-");
            }
            if (!empty || to - from == 1) {
                table.row(cells);
            }
        }
        return table.lines();
    }
}
