package org.orrery.cli.paper;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.orrery.cpu.Cpu;
import org.orrery.debugger.measure.Measurement;
import org.orrery.debugger.measure.Miss;
import org.orrery.debugger.measure.Moment;

/** Watches the ping-pong one round trip at a time: from one return to user mode to the one after the next. */
final class RoundTrip {
    private static final int IPC = 0x30;
    private static final int USER_LEVEL = 3;
    private static final int PAGE = -4096;
    private static final int NO_VECTOR = -1;

    private final Cpu cpu;
    private final Measurement measurement;
    private final Set<Integer> userPages = new HashSet<>();
    private final Set<Integer> directories = new HashSet<>();
    private Set<Integer> lines = Set.of();
    private int instructions;
    private boolean interrupted;

    RoundTrip(MarkedSystem system) {
        cpu = system.machine().cpu();
        measurement = system.measurement();
    }

    /** Runs the next one. */
    void run() {
        instructions = 0;
        interrupted = false;
        Moment start = measurement.now();
        toUser();
        toUser();
        lines = measurement.between(start, measurement.now()).misses().stream()
                .filter(miss -> miss.kind() == Miss.Kind.CACHE)
                .map(Miss::address)
                .collect(Collectors.toSet());
    }

    private void toUser() {
        boolean inKernel = false;
        while (!inKernel || cpu.cpl() != USER_LEVEL) {
            inKernel |= cpu.cpl() != USER_LEVEL;
            step();
        }
    }

    private void step() {
        boolean user = cpu.cpl() == USER_LEVEL;
        if (user) {
            userPages.add((int) cpu.translate(cpu.eip()) & PAGE);
            directories.add(cpu.control(3) & PAGE);
        }
        measurement.step();
        boolean call = cpu.lastVector() == IPC;
        interrupted |= !call && cpu.lastVector() != NO_VECTOR;
        if (!user || call) {
            instructions++;
        }
    }

    /** Physical addresses of the lines that the last one brought into the cache. */
    Set<Integer> lines() {
        return lines;
    }

    /** How many instructions of the kernel the last one took, the two INTs included. */
    int instructions() {
        return instructions;
    }

    /** Whether anything but the two INTs entered the kernel. */
    boolean interrupted() {
        return interrupted;
    }

    /** Physical addresses of the pages in which users have executed code. */
    Set<Integer> userPages() {
        return userPages;
    }

    /** Physical addresses of the users' page directories. */
    Set<Integer> directories() {
        return directories;
    }
}
