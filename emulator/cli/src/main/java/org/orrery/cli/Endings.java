package org.orrery.cli;

import java.util.Locale;
import org.orrery.cpu.Cpu;
import org.orrery.pc.Machine;
import org.orrery.pc.Outcome;

/** What the end of a run means to the user: a line, and the exit status. */
final class Endings {
    private Endings() {}

    static int status(Outcome outcome) {
        return switch (outcome.ending()) {
            case EXITED -> outcome.exitStatus();
            case RESET -> ExitStatus.OK;
            case LIMIT -> ExitStatus.CYCLE_LIMIT;
            case STOPPED -> ExitStatus.INTERRUPTED;
            case DEAD_HALT, TRIPLE_FAULT, NOT_EXECUTED -> ExitStatus.GUEST_CRASH;
        };
    }

    /** Why the run ended, in a line; empty if the guest ended it. */
    static String line(Machine machine, Outcome outcome) {
        return switch (outcome.ending()) {
            case EXITED -> "";
            case RESET -> "the guest reset the machine";
            case LIMIT -> "the cycle limit is reached, at " + place(machine.cpu());
            case STOPPED -> "interrupted at " + place(machine.cpu());
            case DEAD_HALT -> "the guest halted for good: " + outcome.reason();
            case TRIPLE_FAULT -> "the guest crashed: " + outcome.reason();
            case NOT_EXECUTED -> "the guest cannot go on: " + outcome.reason();
        };
    }

    /** Whether registers and stack help to find out why. */
    static boolean isCrash(Outcome outcome) {
        return switch (outcome.ending()) {
            case TRIPLE_FAULT, NOT_EXECUTED, DEAD_HALT -> true;
            case EXITED, RESET, LIMIT, STOPPED -> false;
        };
    }

    private static String place(Cpu cpu) {
        return String.format(Locale.ROOT, "%04X:%08X", cpu.selector(Cpu.CS), cpu.eip());
    }
}
