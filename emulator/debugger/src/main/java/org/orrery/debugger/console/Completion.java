package org.orrery.debugger.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.orrery.debugger.DebugException;
import org.orrery.debugger.Guest;
import org.orrery.debugger.Registers;
import org.orrery.isa.debug.DebugInfo;

/** What the word under the cursor can become: commands, symbols, registers, and the words that a command takes. */
final class Completion {
    private static final Pattern LAST_NAME = Pattern.compile("[$A-Za-z_.@?][\\w.$@?]*$");

    private final CommandRegistry registry;
    private final Guest guest;

    Completion(CommandRegistry registry, Guest guest) {
        this.registry = registry;
        this.guest = guest;
    }

    /** Whole words that could stand in place of the last word of a line, which may be empty. */
    Set<String> candidates(String line) {
        String command = line.substring(line.lastIndexOf(';') + 1).stripLeading();
        List<String> words = List.of(command.split("\\s+", -1));
        String last = words.get(words.size() - 1);
        Set<String> found = new TreeSet<>(commandWords(words));
        if (words.size() > 1) {
            found.addAll(argumentWords(command, words.size(), last));
        }
        found.removeIf(w -> !w.startsWith(last));
        return found;
    }

    private Set<String> commandWords(List<String> words) {
        Set<String> found = new TreeSet<>();
        for (Command command : registry.commands()) {
            List<String> name = command.words();
            boolean fits = name.size() >= words.size();
            for (int i = 0; fits && i < words.size() - 1; i++) {
                fits = name.get(i).startsWith(words.get(i));
            }
            if (fits) {
                found.add(name.get(words.size() - 1));
            }
        }
        return found;
    }

    private Set<String> argumentWords(String line, int count, String last) {
        Command command;
        try {
            command = registry.find(line).command();
        } catch (DebugException e) {
            return Set.of();
        }
        Set<String> found = new TreeSet<>();
        boolean inName = count <= command.words().size();
        for (Argument argument : inName ? List.<Argument>of() : command.arguments()) {
            found.addAll(words(argument, last));
        }
        return found;
    }

    private List<String> words(Argument argument, String last) {
        return switch (argument.kind()) {
            case WORD -> argument.words();
            case COMMAND -> registry.commands().stream().map(Command::name).toList();
            case EXPRESSION, REGISTER -> names(last);
            case NUMBER, TEXT -> List.of();
        };
    }

    /** Completes the name at the end of an expression; registers only after a dollar sign, unless there are no symbols. */
    private List<String> names(String last) {
        Matcher name = LAST_NAME.matcher(last);
        String before = name.find() ? last.substring(0, name.start()) : last;
        List<String> found = new ArrayList<>();
        Registers.names().forEach(r -> found.add(before + "$" + r));
        guest.info().symbols().stream().map(DebugInfo.Symbol::name).forEach(s -> found.add(before + s));
        return found;
    }
}
