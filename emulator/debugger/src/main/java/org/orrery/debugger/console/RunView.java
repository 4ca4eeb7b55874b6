package org.orrery.debugger.console;

import java.util.ArrayList;
import java.util.List;
import org.orrery.debugger.Breakpoint;
import org.orrery.debugger.CodeView;
import org.orrery.debugger.DebugException;
import org.orrery.debugger.DebugSession;
import org.orrery.debugger.DebugStop;
import org.orrery.pc.Outcome;

/** Why and where the guest stopped, as lines. */
final class RunView {
    private final DebugSession session;

    RunView(DebugSession session) {
        this.session = session;
    }

    /** What a stop is and where the guest is now. */
    List<String> lines(DebugStop stop) {
        List<String> lines = new ArrayList<>(reason(stop));
        if (!(stop instanceof DebugStop.Ended)) {
            lines.add(place(session.guest().pc()));
        }
        return lines;
    }

    private List<String> reason(DebugStop stop) {
        if (stop instanceof DebugStop.AtBreakpoint at) {
            Breakpoint b = at.breakpoint();
            return List.of((b.temporary() ? "temporary breakpoint " : "breakpoint ") + b.number());
        }
        if (stop instanceof DebugStop.Changed changed) {
            return List.of(changed(changed));
        }
        if (stop instanceof DebugStop.Message message) {
            return IpcView.lines(
                    message.record(),
                    session.guest().machine().profile().clockHz(),
                    session.guest().info());
        }
        if (stop instanceof DebugStop.Ended ended) {
            return List.of(ending(ended.outcome()));
        }
        return stop instanceof DebugStop.Interrupted ? List.of("interrupted") : List.of();
    }

    private String changed(DebugStop.Changed changed) {
        Breakpoint watch = changed.watch();
        String digits = "%0" + 2 * watch.size() + "x";
        return String.format(
                "watch %d at %s: " + digits + " became " + digits,
                watch.number(),
                address(watch.address()),
                changed.before(),
                changed.now());
    }

    static String ending(Outcome outcome) {
        return switch (outcome.ending()) {
            case EXITED -> "the guest ended the run with status " + outcome.exitStatus();
            case RESET -> "the guest reset the machine";
            case LIMIT, STOPPED -> "the guest can go on";
            default -> outcome.reason();
        };
    }

    /** An address with its symbol. */
    String address(int linear) {
        return String.format(
                        "%08x %s",
                        linear, MemoryDump.bracketed(session.guest().info().describe(linear)))
                .stripTrailing();
    }

    /** An address with the instruction there, or why there is none. */
    String place(int linear) {
        try {
            return line(session.code().at(linear));
        } catch (DebugException e) {
            return address(linear) + ":  " + e.getMessage();
        }
    }

    /** An instruction with address, symbol and bytes. */
    String line(CodeView.Line line) {
        return line(line, 0);
    }

    /** The same with at least {@code width} characters for address and symbol, so that lines of a listing align. */
    String line(CodeView.Line line, int width) {
        StringBuilder bytes = new StringBuilder();
        for (byte b : line.bytes()) {
            bytes.append(String.format("%02x", b));
        }
        String address = address(line.address()) + ":";
        return address
                + " ".repeat(Math.max(0, width - address.length()))
                + String.format("  %-14s  %s", bytes, line.text());
    }
}
