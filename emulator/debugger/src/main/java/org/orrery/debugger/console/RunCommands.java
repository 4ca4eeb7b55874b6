package org.orrery.debugger.console;

import static org.orrery.debugger.console.Argument.optional;
import static org.orrery.debugger.console.Argument.required;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.orrery.cpu.Cause;
import org.orrery.debugger.DebugSession;
import org.orrery.debugger.DebugStop;
import org.orrery.debugger.console.Argument.Kind;
import org.orrery.debugger.console.Command.Repeat;

/** Commands that run the guest. */
final class RunCommands {
    private static final String GROUP = "Running the guest";

    private final DebugSession session;
    private final RunView view;

    RunCommands(DebugSession session) {
        this.session = session;
        view = new RunView(session);
    }

    List<Command> commands() {
        return List.of(step(), next(), finish(), resume(), until(), ipc());
    }

    private Command step() {
        return Command.named("step", "s", "si", "stepi")
                .group(GROUP)
                .takes(optional("COUNT", Kind.EXPRESSION))
                .does("Execute one instruction, or COUNT of them")
                .details("An interrupt or a fault that comes instead counts as one; a REP may take several steps.")
                .example("step", "s 10")
                .repeats(Repeat.SAME)
                .runs((arguments, out) -> run(out, () -> session.step(count(arguments))));
    }

    private Command next() {
        return Command.named("next", "n", "ni", "nexti")
                .group(GROUP)
                .takes(optional("COUNT", Kind.EXPRESSION))
                .does("Execute one instruction; a call, an INT or a REP until it comes back")
                .example("next")
                .repeats(Repeat.SAME)
                .runs((arguments, out) -> run(out, () -> nextTimes(count(arguments))));
    }

    private DebugStop nextTimes(long count) {
        DebugStop stop = session.next();
        for (long i = 1; i < count && stop instanceof DebugStop.Done; i++) {
            stop = session.next();
        }
        return stop;
    }

    private Command finish() {
        return Command.named("finish", "fin")
                .group(GROUP)
                .does("Run until the present function or interrupt handler has returned")
                .example("finish")
                .runs((arguments, out) -> run(out, session::finish));
    }

    private Command resume() {
        return Command.named("continue", "c")
                .group(GROUP)
                .does("Run until a breakpoint, Ctrl-C or the end")
                .example("continue")
                .repeats(Repeat.SAME)
                .runs((arguments, out) -> run(out, session::resume));
    }

    private Command until() {
        return Command.named("until", "u", "advance")
                .group(GROUP)
                .takes(required("ADDRESS", Kind.EXPRESSION))
                .does("Run to a linear address")
                .example("until main+0x10")
                .runs((arguments, out) -> {
                    int address = session.guest().address(arguments);
                    run(out, () -> session.until(address));
                });
    }

    private Command ipc() {
        return Command.named("ipc")
                .group(GROUP)
                .takes(optional("COUNT", Kind.EXPRESSION))
                .does("Run until the next IPC is over, or COUNT of them, and show each with what it cost")
                .details("""
                        An IPC is over when its receiver, or the sender that failed, is back in user mode. Its cycles are all that
                        passed since the sender's INT 30h, by phase and cause; beside them stand the clocks of the 1993 paper.
                        It needs a kernel whose debug information says 'abi l4-v2'.""")
                .example("ipc", "ipc 3")
                .repeats(Repeat.SAME)
                .runs((arguments, out) -> ipcs(count(arguments), out));
    }

    private void ipcs(long count, Output out) {
        boolean more = true;
        for (long i = 0; i < count && more; i++) {
            more = run(out, session::nextIpc) instanceof DebugStop.Message;
        }
    }

    private long count(String arguments) {
        return arguments.isEmpty() ? 1 : Integer.toUnsignedLong(session.guest().evaluate(arguments));
    }

    private DebugStop run(Output out, Supplier<DebugStop> action) {
        long[] before = ledger();
        DebugStop stop = action.get();
        view.lines(stop).forEach(out::line);
        out.line(out.dim(passed(before)));
        return stop;
    }

    private long[] ledger() {
        long[] cycles = new long[Cause.values().length];
        session.guest().cpu().ledger().copyTo(cycles);
        return cycles;
    }

    /** The cycles that passed, by cause. */
    private String passed(long[] before) {
        long[] after = ledger();
        List<String> causes = new ArrayList<>();
        for (Cause cause : Cause.values()) {
            long cycles = after[cause.ordinal()] - before[cause.ordinal()];
            if (cycles != 0) {
                causes.add(String.format("%s %,d", cause.label(), cycles));
            }
        }
        long now = session.guest().machine().now();
        long total = now - Arrays.stream(before).sum();
        return String.format("cycle %,d, %,d more", now, total)
                + (causes.isEmpty() ? "" : ": " + String.join(", ", causes));
    }
}
