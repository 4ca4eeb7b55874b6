package org.orrery.debugger.console;

import static org.orrery.debugger.console.Argument.optional;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.orrery.debugger.TextTable;
import org.orrery.debugger.console.Argument.Kind;

/** Help, made from the registry itself, and the way out. */
final class HelpCommands {
    private static final String GROUP = "Help";

    private final CommandRegistry registry;
    private final Runnable quit;

    HelpCommands(CommandRegistry registry, Runnable quit) {
        this.registry = registry;
        this.quit = quit;
    }

    List<Command> commands() {
        return List.of(
                Command.named("help", "h", "?")
                        .group(GROUP)
                        .takes(optional("COMMAND", Kind.COMMAND))
                        .does("List all commands, or explain one")
                        .example("help", "help break")
                        .runs((arguments, out) -> {
                            if (arguments.isEmpty()) {
                                overview(out);
                            } else {
                                explain(registry.find(arguments).command(), out);
                            }
                        }),
                Command.named("quit", "q", "exit")
                        .group(GROUP)
                        .does("End the debugger and its guest")
                        .example("quit")
                        .runs((arguments, out) -> quit.run()));
    }

    private void overview(Output out) {
        Map<String, List<Command>> groups = new LinkedHashMap<>();
        for (Command command : registry.commands()) {
            groups.computeIfAbsent(command.group(), key -> new ArrayList<>()).add(command);
        }
        groups.forEach((group, commands) -> {
            out.line(out.strong(group));
            int width =
                    commands.stream().mapToInt(c -> c.usage().length()).max().orElse(0);
            commands.forEach(c -> out.line("  %-" + width + "s  %s", c.usage(), c.summary()));
        });
        out.line("");
        out.line(
                "'help COMMAND' explains one. Any beginning that only one command has will do. An empty line repeats a step.");
    }

    private static void explain(Command command, Output out) {
        out.line(out.strong(command.usage()));
        if (!command.aliases().isEmpty()) {
            out.line("also " + String.join(", ", command.aliases()));
        }
        out.line(command.summary() + ".");
        command.details().lines().forEach(out::line);
        TextTable words = new TextTable();
        command.arguments().stream()
                .filter(a -> !a.words().isEmpty())
                .forEach(a -> words.row(a.name(), String.join(", ", a.words())));
        words.lines().forEach(out::line);
        command.examples().forEach(e -> out.line("  " + e));
    }
}
