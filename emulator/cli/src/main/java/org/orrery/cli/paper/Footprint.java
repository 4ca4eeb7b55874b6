package org.orrery.cli.paper;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.orrery.cpu.Cache;
import org.orrery.cpu.Cpu;
import org.orrery.cpu.PhysicalMemory;
import org.orrery.pc.profile.Profile;
import org.orrery.servers.GuestSystem;

/**
 * What one round trip of short messages between two address spaces, a call and its answer, holds in the on-chip cache, observed: the cache is
 * emptied before it, and the lines that come until the next one begins are counted. Lines that are only written do not count, since the i486's
 * cache takes no line for a write.
 */
final class Footprint {
    private static final String USER = "user code";
    private static final String TABLES = "descriptor tables";
    private static final String CODE = "code";
    private static final String PAGE_TABLES = "page tables";
    private static final String THREADS = "thread control blocks";

    private static final int TRIPS = 100;
    /** Round trips until all is as it always is. */
    private static final int WARM_UP = 10;

    private static final int PAGE_BYTES = 4096;
    private static final int PRESENT = 1;

    private final MarkedSystem system;
    private final RoundTrip trip;
    /** Physical addresses of page directories and page tables. */
    private final Set<Integer> tables = new HashSet<>();

    private Footprint(MarkedSystem system) {
        this.system = system;
        trip = new RoundTrip(system);
    }

    /** Beside the paper's figure, which is of "all code and data"; whether page tables are in it, it does not say. */
    static List<Row> rows(Profile profile, Published.Figure figure) {
        Footprint footprint = new Footprint(new MarkedSystem(profile, GuestSystem.pingPong(TRIPS)));
        footprint.observe();
        Map<String, Double> bytes = footprint.bytesByKind();
        double all = sum(bytes);
        bytes.remove(USER);
        String table = figure.table();
        return List.of(
                Row.of(table, figure.row(), figure.unit(), figure.value(), sum(bytes), bytes),
                Row.of(table, "with the users' code", figure.unit(), null, all),
                Row.of(table, "kernel's instructions", "instructions", null, footprint.trip.instructions()));
    }

    private static double sum(Map<String, Double> parts) {
        return parts.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private void observe() {
        for (int i = 0; i < WARM_UP; i++) {
            trip.run();
        }
        do {
            system.machine().cpu().flushCache();
            trip.run();
        } while (trip.interrupted());
    }

    private Map<String, Double> bytesByKind() {
        trip.directories().forEach(this::addTables);
        Map<String, Double> bytes = new LinkedHashMap<>();
        for (String kind : List.of(CODE, TABLES, THREADS, PAGE_TABLES, USER)) {
            bytes.put(kind, 0.0);
        }
        trip.lines().forEach(line -> bytes.merge(kind(line), (double) Cache.LINE, Double::sum));
        return bytes;
    }

    private void addTables(int directory) {
        PhysicalMemory memory = system.machine().memory();
        tables.add(directory);
        for (int at = directory; at < directory + PAGE_BYTES; at += Integer.BYTES) {
            int entry = memory.peek32(at);
            if ((entry & PRESENT) != 0) {
                tables.add(entry & -PAGE_BYTES);
            }
        }
    }

    private String kind(int line) {
        int page = line & -PAGE_BYTES;
        if (trip.userPages().contains(page)) {
            return USER;
        }
        if (tables.contains(page)) {
            return PAGE_TABLES;
        }
        if (isBetween(line, "idt", "gdt_pointer")) {
            return TABLES;
        }
        return isBetween(line, "image_start", "image_end") ? CODE : THREADS;
    }

    /** Whether a line is in what lies between two labels of the kernel. */
    private boolean isBetween(int line, String from, String to) {
        Cpu cpu = system.machine().cpu();
        return line >= cpu.translate(system.address(from)) && line < cpu.translate(system.address(to) - 1);
    }
}
