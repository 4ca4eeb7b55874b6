package org.orrery.debugger.console;

import static org.orrery.debugger.console.Argument.optional;
import static org.orrery.debugger.console.Argument.required;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.orrery.debugger.Breakpoint;
import org.orrery.debugger.DebugException;
import org.orrery.debugger.DebugSession;
import org.orrery.debugger.Expression;
import org.orrery.debugger.console.Argument.Kind;

/** Commands about breakpoints and watches. */
final class BreakpointCommands {
    private static final String GROUP = "Breakpoints";
    private static final Pattern CONDITION = Pattern.compile("(?:^|\\s)if\\s+(.*)$");
    private static final Pattern WATCH_SIZE = Pattern.compile("^/([bhw])\\s*");

    private final DebugSession session;
    private final RunView view;

    BreakpointCommands(DebugSession session) {
        this.session = session;
        view = new RunView(session);
    }

    List<Command> commands() {
        return List.of(
                set("break", false, "b"),
                set("tbreak", true, "tb"),
                watch(),
                delete(),
                enable(),
                disable(),
                ignore(),
                list());
    }

    private Command set(String name, boolean temporary, String alias) {
        return Command.named(name, alias)
                .group(GROUP)
                .takes(optional("ADDRESS", Kind.EXPRESSION), optional("if CONDITION", Kind.EXPRESSION))
                .does("Stop before the instruction at a linear address, here without one" + (temporary ? ", once" : ""))
                .details("It stops in every address space; a condition such as $cr3==0x5000 picks one.")
                .example(name + " main", name + " 0x100010 if $eax==5 && [esp+4]>0x10")
                .runs((arguments, out) -> {
                    Matcher condition = CONDITION.matcher(arguments);
                    boolean conditional = condition.find();
                    String place = conditional ? arguments.substring(0, condition.start()) : arguments;
                    int address = place.isBlank()
                            ? session.guest().pc()
                            : session.guest().evaluate(place);
                    Breakpoint b =
                            session.breakpoints().addCode(address, temporary, conditional ? condition.group(1) : "");
                    out.line("breakpoint %d at %s", b.number(), view.address(address));
                });
    }

    private Command watch() {
        return Command.named("watch")
                .group(GROUP)
                .takes(optional("/SIZE", Kind.TEXT), required("ADDRESS", Kind.EXPRESSION))
                .does("Stop after an instruction that changed the bytes at a linear address")
                .details("SIZE is b, h or w for 1, 2 or 4 bytes. [ADDRESS] means the address that is stored there.")
                .example("watch counter", "watch/b 0xb8000")
                .runs((arguments, out) -> {
                    Matcher size = WATCH_SIZE.matcher(arguments);
                    boolean given = size.find();
                    int bytes = given ? 1 << "bhw".indexOf(size.group(1)) : 4;
                    int address = session.guest().evaluate(given ? arguments.substring(size.end()) : arguments);
                    Breakpoint b = session.breakpoints().addWatch(address, bytes, "");
                    out.line("watch %d: %d bytes at %s", b.number(), bytes, view.address(address));
                });
    }

    private Command delete() {
        return Command.named("delete", "d")
                .group(GROUP)
                .takes(optional("NUMBER", Kind.NUMBER))
                .does("Remove a breakpoint or watch, or all of them")
                .example("delete 2")
                .runs((arguments, out) -> {
                    if (arguments.isEmpty()) {
                        session.breakpoints().deleteAll();
                    } else {
                        session.breakpoints().delete(find(arguments));
                    }
                });
    }

    private Command enable() {
        return Command.named("enable")
                .group(GROUP)
                .takes(required("NUMBER", Kind.NUMBER))
                .does("Let a breakpoint or watch stop the guest again")
                .example("enable 1")
                .runs((arguments, out) -> find(arguments).setEnabled(true));
    }

    private Command disable() {
        return Command.named("disable")
                .group(GROUP)
                .takes(required("NUMBER", Kind.NUMBER))
                .does("Keep a breakpoint or watch from stopping the guest")
                .example("disable 1")
                .runs((arguments, out) -> find(arguments).setEnabled(false));
    }

    private Command ignore() {
        return Command.named("ignore")
                .group(GROUP)
                .takes(required("NUMBER", Kind.NUMBER), required("COUNT", Kind.EXPRESSION))
                .does("Let the guest pass a breakpoint COUNT times")
                .example("ignore 1 100")
                .runs((arguments, out) -> {
                    String[] words = arguments.split("\\s+", 2);
                    if (words.length < 2) {
                        throw new DebugException("a count is expected after the number of the breakpoint");
                    }
                    find(words[0])
                            .setIgnore(Integer.toUnsignedLong(session.guest().evaluate(words[1])));
                });
    }

    private Command list() {
        return Command.named("info breakpoints", "info b", "i b")
                .group(GROUP)
                .does("List breakpoints and watches")
                .example("info breakpoints")
                .runs((arguments, out) -> {
                    if (session.breakpoints().all().isEmpty()) {
                        out.line("no breakpoints");
                    }
                    session.breakpoints().all().forEach(b -> out.line(describe(b)));
                });
    }

    private String describe(Breakpoint b) {
        String what = b.kind() == Breakpoint.Kind.WATCH ? "watch, " + b.size() + " bytes" : "breakpoint";
        return String.format("%d  %s at %s", b.number(), what, view.address(b.address()))
                + (b.condition().isEmpty() ? "" : " if " + b.condition())
                + (b.temporary() ? ", once" : "")
                + (b.enabled() ? "" : ", disabled")
                + (b.ignore() == 0 ? "" : ", ignored " + b.ignore() + " more times")
                + ", hit " + b.hits() + (b.hits() == 1 ? " time" : " times");
    }

    private Breakpoint find(String number) {
        if (number.isEmpty()) {
            throw new DebugException("the number of a breakpoint is expected; 'info breakpoints' lists them");
        }
        return session.breakpoints().byNumber(Expression.parse(number).evaluate(session.guest()));
    }
}
