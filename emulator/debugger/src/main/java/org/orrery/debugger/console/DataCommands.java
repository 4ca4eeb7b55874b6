package org.orrery.debugger.console;

import static org.orrery.debugger.console.Argument.optional;
import static org.orrery.debugger.console.Argument.required;

import java.util.List;
import java.util.Locale;
import java.util.function.IntBinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.orrery.debugger.CodeView;
import org.orrery.debugger.DebugException;
import org.orrery.debugger.DebugSession;
import org.orrery.debugger.Guest;
import org.orrery.debugger.Registers;
import org.orrery.debugger.console.Argument.Kind;
import org.orrery.debugger.console.Command.Repeat;
import org.orrery.debugger.console.MemoryDump.Format;
import org.orrery.isa.debug.DebugInfo;

/** Commands that show, and where it makes sense set, registers, memory and code. */
final class DataCommands {
    private static final String GROUP = "Registers, memory and code";
    private static final Pattern SLASH = Pattern.compile("^/(\\S*)\\s*");
    private static final Pattern ASSIGNMENT = Pattern.compile("\\$?(\\w+)\\s*=(?!=)\\s*(.+)");
    private static final Format WORDS = new Format(1, 'x', 4);
    private static final int LINES = 10;
    private static final int MOST_SYMBOLS = 200;

    private final DebugSession session;
    private final Guest guest;
    private final RunView view;
    /** Where x and disassemble go on without an argument. */
    private int nextData;

    private int nextCode;
    private Format lastFormat = WORDS;

    DataCommands(DebugSession session) {
        this.session = session;
        guest = session.guest();
        view = new RunView(session);
        nextCode = guest.pc();
    }

    List<Command> commands() {
        return List.of(
                registers(), print(), set(), examine(), examinePhysical(), disassemble(), translate(), symbols());
    }

    private Command registers() {
        return Command.named("info registers", "info r", "i r", "registers")
                .group(GROUP)
                .takes(Argument.oneOf("WHICH", "all", "general", "segments", "control"))
                .does("Show registers: general ones, or WHICH, or one by its name")
                .details("Segments are shown with their hidden parts; limits are in bytes.")
                .example("info registers", "info registers segments", "info registers eax")
                .runs((arguments, out) ->
                        registers(arguments.toLowerCase(Locale.ROOT)).forEach(out::line));
    }

    private List<String> registers(String which) {
        return switch (which) {
            case "", "general" -> RegisterView.general(guest.cpu());
            case "all" -> RegisterView.all(guest.cpu());
            case "segments" -> RegisterView.segments(guest.cpu());
            case "control" -> RegisterView.control(guest.cpu());
            default -> {
                String name = which.replaceFirst("^\\$", "");
                yield List.of(String.format("%s %08x", name, Registers.read(guest.cpu(), name)));
            }
        };
    }

    private Command print() {
        return Command.named("print", "p")
                .group(GROUP)
                .takes(optional("/FORMAT", Kind.TEXT), required("EXPRESSION", Kind.EXPRESSION))
                .does("Show the value of an expression")
                .details("""
                        Numbers are 16, 0x10 or 10h; names are registers or symbols ($ makes sure of a register); [X] is the dword at
                        linear address X, byte [X] and word [X] less; es:edi is an offset in a segment. FORMAT is x d u o t c a.""")
                .example("print $eax", "p/d [esp+4]", "p es:edi")
                .runs((arguments, out) -> {
                    Format format = formatOf(arguments, null);
                    int value = guest.evaluate(afterFormat(arguments));
                    out.line(format == null ? anyway(value) : format.text(value, guest.info()));
                });
    }

    private String anyway(int value) {
        String signed = value < 0 ? " = " + value : "";
        return String.format(
                        "0x%x = %s%s %s",
                        value,
                        Integer.toUnsignedString(value),
                        signed,
                        MemoryDump.bracketed(guest.info().describe(value)))
                .stripTrailing();
    }

    private Command set() {
        return Command.named("set")
                .group(GROUP)
                .takes(required("REGISTER=EXPRESSION", Kind.REGISTER))
                .does("Set a general register, eip or eflags")
                .example("set $eax = 5")
                .runs((arguments, out) -> {
                    Matcher m = ASSIGNMENT.matcher(arguments);
                    if (!m.matches()) {
                        throw new DebugException("a register, '=' and a value are expected, as in: set $eax = 5");
                    }
                    Registers.write(guest.cpu(), m.group(1).toLowerCase(Locale.ROOT), guest.evaluate(m.group(2)));
                });
    }

    private Command examine() {
        return Command.named("x")
                .group(GROUP)
                .takes(optional("/FORMAT", Kind.TEXT), optional("ADDRESS", Kind.EXPRESSION))
                .does("Show memory at a linear address, or from where the last x ended")
                .details("""
                        FORMAT is a count, a letter (x hexadecimal, d signed, u unsigned, o octal, t binary, c character, a address,
                        s string, i instruction) and a size (b 1, h 2, w 4 bytes). Nothing that is read has an effect on the guest.""")
                .example("x/16xw esp", "x/4i main", "x/s 0x100100")
                .repeats(Repeat.ONWARD)
                .runs((arguments, out) -> examine(arguments, out, true));
    }

    private Command examinePhysical() {
        return Command.named("xp")
                .group(GROUP)
                .takes(optional("/FORMAT", Kind.TEXT), optional("ADDRESS", Kind.EXPRESSION))
                .does("Show memory at a physical address")
                .details("FORMAT is as for x, without i.")
                .example("xp/8xw 0x5000")
                .repeats(Repeat.ONWARD)
                .runs((arguments, out) -> examine(arguments, out, false));
    }

    private void examine(String arguments, Output out, boolean linear) {
        lastFormat = formatOf(arguments, lastFormat);
        String expression = afterFormat(arguments);
        int address = expression.isEmpty() ? nextData : guest.evaluate(expression);
        if (lastFormat.letter() == 'i') {
            if (!linear) {
                throw new DebugException("xp shows data; code is shown at linear addresses, with x/i or disassemble");
            }
            nextData = code(address, lastFormat.count(), out);
            return;
        }
        IntBinaryOperator reader = linear ? guest.memory()::read : guest.memory()::readPhysical;
        MemoryDump dump = new MemoryDump(reader, guest.info());
        if (lastFormat.letter() == 's') {
            nextData = address;
            for (int i = 0; i < lastFormat.count(); i++) {
                MemoryDump.Text string = dump.string(nextData);
                out.line("%s:  %s", view.address(nextData), string.text());
                nextData += string.bytes();
            }
            return;
        }
        dump.lines(address, lastFormat).forEach(out::line);
        nextData = address + lastFormat.count() * lastFormat.size();
    }

    /** The format after a slash at the beginning, or {@code otherwise}. A count is not inherited. */
    private static Format formatOf(String arguments, Format otherwise) {
        Matcher slash = SLASH.matcher(arguments);
        return slash.find() ? Format.parse(slash.group(1), otherwise == null ? WORDS : otherwise) : otherwise;
    }

    private static String afterFormat(String arguments) {
        return SLASH.matcher(arguments).replaceFirst("");
    }

    private Command disassemble() {
        return Command.named("disassemble", "disas", "l")
                .group(GROUP)
                .takes(optional("ADDRESS", Kind.EXPRESSION), optional("COUNT", Kind.NUMBER))
                .does("Show instructions at a linear address, or here")
                .details("Code is taken as 16- or 32-bit code and branch targets as offsets in CS, as CS says now.")
                .example("disassemble", "disas main", "disas main, 20")
                .repeats(Repeat.ONWARD)
                .runs((arguments, out) -> {
                    String[] parts = arguments.split(",", 2);
                    int count = parts.length < 2 ? LINES : guest.evaluate(parts[1]);
                    boolean here = parts[0].isBlank();
                    nextCode = code(here ? onward() : guest.evaluate(parts[0]), Math.min(count, 1000), out);
                });
    }

    /** Without an address it starts here, unless it was here that the last one started and the guest has not run since. */
    private int onward() {
        boolean moved = guest.machine().now() != codeShownAt;
        codeShownAt = guest.machine().now();
        return moved ? guest.pc() : nextCode;
    }

    private long codeShownAt = -1;

    private int code(int address, int count, Output out) {
        List<CodeView.Line> lines = session.code().lines(address, count);
        int width = lines.stream()
                .mapToInt(line -> view.address(line.address()).length() + 1)
                .max()
                .orElse(0);
        int next = address;
        for (CodeView.Line line : lines) {
            String text = view.line(line, width);
            boolean current = line.address() == guest.pc();
            out.line((current ? "=> " : "   ") + (current ? out.strong(text) : text));
            next = line.address() + line.bytes().length;
        }
        if (lines.size() < count) {
            out.line("   %s is not mapped", view.address(next));
        }
        return next;
    }

    private Command translate() {
        return Command.named("translate", "v2p")
                .group(GROUP)
                .takes(required("ADDRESS", Kind.EXPRESSION))
                .does("Show the physical address behind a linear one, by the page tables in force")
                .example("translate main")
                .runs((arguments, out) -> {
                    int linear = guest.evaluate(arguments);
                    out.line(
                            "linear %s is physical %08x",
                            view.address(linear), guest.memory().translate(linear));
                });
    }

    private Command symbols() {
        return Command.named("info symbols", "info s")
                .group(GROUP)
                .takes(optional("PART", Kind.TEXT))
                .does("List symbols, or those whose names contain PART")
                .example("info symbols ipc")
                .runs((arguments, out) -> {
                    List<DebugInfo.Symbol> found = guest.symbolsLike(arguments);
                    if (found.isEmpty()) {
                        out.line(guest.info().symbols().isEmpty() ? "the image has no symbols" : "no such symbols");
                    }
                    found.stream().limit(MOST_SYMBOLS).forEach(s -> out.line("%08x  %s", s.address(), s.name()));
                    if (found.size() > MOST_SYMBOLS) {
                        out.line("%d more; give a part of the name", found.size() - MOST_SYMBOLS);
                    }
                });
    }
}
