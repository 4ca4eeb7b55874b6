package org.orrery.debugger.console;

import static org.orrery.debugger.console.Argument.optional;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.orrery.debugger.Backtrace;
import org.orrery.debugger.DebugException;
import org.orrery.debugger.DebugSession;
import org.orrery.debugger.Guest;
import org.orrery.debugger.console.Argument.Kind;
import org.orrery.debugger.measure.Account;
import org.orrery.pc.Machine;

/** Commands that look into the machine and at what its software does with it. */
final class MachineCommands {
    private static final String GROUP = "The machine";
    private static final int STACK_ITEMS = 16;
    private static final int MOST_ROWS = 30;

    private final DebugSession session;
    private final Guest guest;
    private final RunView view;

    MachineCommands(DebugSession session) {
        this.session = session;
        guest = session.guest();
        view = new RunView(session);
    }

    List<Command> commands() {
        return List.of(tlb(), cache(), ledger(), stack(), backtrace(), threads(), screen(), type(), machine());
    }

    private Command tlb() {
        return Command.named("tlb", "info tlb")
                .group(GROUP)
                .does("Show the 32 entries of the TLB, stale ones too")
                .example("tlb")
                .runs((arguments, out) ->
                        CacheView.tlb(guest.cpu(), guest.info()).forEach(out::line));
    }

    private Command cache() {
        return Command.named("cache", "info cache")
                .group(GROUP)
                .takes(optional("SET", Kind.EXPRESSION))
                .does("Show what the on-chip cache holds: a summary, one SET, or all sets")
                .details("Addresses are physical, of lines of 16 bytes. 'cache all' shows every set that holds a line.")
                .example("cache", "cache 12", "cache all")
                .runs((arguments, out) -> cache(arguments).forEach(out::line));
    }

    private List<String> cache(String which) {
        if (which.isEmpty()) {
            return CacheView.cacheSummary(guest.cpu());
        }
        int sets = guest.cpu().cache().sets();
        if (which.equals("all")) {
            return CacheView.cacheSets(guest.cpu(), 0, sets);
        }
        int set = guest.evaluate(which);
        if (set < 0 || set >= sets) {
            throw new DebugException("the cache has sets 0 to " + (sets - 1));
        }
        return CacheView.cacheSets(guest.cpu(), set, set + 1);
    }

    private Command ledger() {
        return Command.named("ledger", "info ledger")
                .group(GROUP)
                .takes(Argument.oneOf("WHAT", "phases", "functions", "reset"))
                .does("Show where the cycles went: by cause since reset, by phase or by function since 'ledger reset'")
                .details(
                        "Phases are known where a source was assembled with 'phase'; every cycle belongs to exactly one.")
                .example("ledger", "ledger phases", "ledger reset")
                .runs((arguments, out) -> {
                    switch (arguments) {
                        case "" -> LedgerView.byCause(guest.cpu()).forEach(out::line);
                        case "phases" -> rows("phase", session.observer().byPhase(), out);
                        case "functions" -> rows("function", session.observer().byFunction(), out);
                        case "reset" -> session.observer().restart();
                        default ->
                            throw new DebugException(
                                    "ledger takes phases, functions or reset, not '" + arguments + "'");
                    }
                });
    }

    private static void rows(String heading, Account account, Output out) {
        LedgerView.byRow(heading, account, MOST_ROWS).forEach(out::line);
    }

    private Command stack() {
        return Command.named("stack", "info stack")
                .group(GROUP)
                .takes(optional("COUNT", Kind.EXPRESSION))
                .does("Show the top of the stack, with symbols for what could be addresses")
                .example("stack", "stack 32")
                .runs((arguments, out) -> {
                    int count = arguments.isEmpty() ? STACK_ITEMS : guest.evaluate(arguments);
                    int size = guest.cpu().code32() ? 4 : 2;
                    char letter = size == 4 ? 'a' : 'x';
                    new MemoryDump(guest.memory()::read, guest.info())
                            .lines(guest.stackTop(), new MemoryDump.Format(Math.min(count, 1000), letter, size))
                            .forEach(out::line);
                });
    }

    private Command backtrace() {
        return Command.named("backtrace", "bt", "where")
                .group(GROUP)
                .does("Show the callers of the code that runs now, by the chain of frame pointers")
                .details("Functions that do not set up EBP are missing from it.")
                .example("backtrace")
                .runs((arguments, out) -> {
                    List<Integer> frames = Backtrace.addresses(guest);
                    IntStream.range(0, frames.size()).forEach(i -> out.line("%d  %s", i, view.address(frames.get(i))));
                });
    }

    private Command threads() {
        return Command.named("threads", "info threads")
                .group(GROUP)
                .does("List the kernel's threads, the running one marked")
                .details("It needs a kernel whose debug information has the layout of its thread control block.")
                .example("threads")
                .runs((arguments, out) -> new ThreadView(session).lines().forEach(out::line));
    }

    private Command screen() {
        return Command.named("screen")
                .group(GROUP)
                .does("Show the text on the display")
                .example("screen")
                .runs((arguments, out) -> {
                    List<String> lines = guest.machine().display().lines().stream()
                            .map(String::stripTrailing)
                            .toList();
                    int last = lines.size();
                    while (last > 0 && lines.get(last - 1).isEmpty()) {
                        last--;
                    }
                    out.line(
                            last == 0
                                    ? "the screen is empty"
                                    : String.join(System.lineSeparator(), lines.subList(0, last)));
                });
    }

    private Command type() {
        return Command.named("type")
                .group(GROUP)
                .takes(optional("TEXT", Kind.TEXT))
                .does("Send TEXT and a return to the guest's first serial port")
                .details("It enters at the next opening of the machine's input door, when the guest runs on.")
                .example("type ls -l")
                .runs((arguments, out) -> {
                    guest.machine().input().open();
                    guest.machine().input().offer(Machine.COM1, (arguments + "\r").getBytes(StandardCharsets.UTF_8));
                });
    }

    private Command machine() {
        return Command.named("info machine")
                .group(GROUP)
                .does("Show what machine this is, and its clock")
                .example("info machine")
                .runs((arguments, out) -> {
                    out.line(guest.machine().description() + ": "
                            + guest.machine().profile().description());
                    out.line(
                            "cycle %,d, %,d instructions executed",
                            guest.machine().now(), guest.cpu().instructions());
                });
    }
}
