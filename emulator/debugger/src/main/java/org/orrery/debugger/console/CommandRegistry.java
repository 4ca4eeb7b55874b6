package org.orrery.debugger.console;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.orrery.debugger.DebugException;

/** All commands of a debugger, found by name, by alias or by any beginning that only one of them has. */
public final class CommandRegistry {
    /** A command and the rest of the line it was found in. */
    public record Match(Command command, String arguments) {}

    private final List<Command> commands = new ArrayList<>();

    public void add(Collection<Command> more) {
        commands.addAll(more);
    }

    /** All commands in the order in which they were added. */
    public List<Command> commands() {
        return Collections.unmodifiableList(commands);
    }

    /** Runs one line; a blank line or a comment after # does nothing. */
    public void execute(String line, Output out) {
        String text = line.strip();
        if (!text.isEmpty() && !text.startsWith("#")) {
            Match match = find(text);
            match.command.action().run(match.arguments, out);
        }
    }

    /**
     * Finds the command that a line names.
     *
     * @throws DebugException if none or several fit
     */
    public Match find(String line) {
        List<String> words = List.of(line.strip().replaceFirst("/", " /").split("\\s+"));
        for (int count = Math.min(2, words.size()); count > 0; count--) {
            List<Command> fitting = fitting(words.subList(0, count));
            if (fitting.size() == 1) {
                return new Match(fitting.get(0), rest(line.strip(), count));
            }
            if (fitting.size() > 1) {
                throw new DebugException("'" + String.join(" ", words.subList(0, count)) + "' can be " + names(fitting)
                        + "; type more of it");
            }
        }
        return unknown(words);
    }

    private Match unknown(List<String> words) {
        List<Command> family = commands.stream()
                .filter(c -> c.words().size() > 1 && c.words().get(0).startsWith(words.get(0)))
                .toList();
        if (family.isEmpty()) {
            throw new DebugException("there is no command '" + words.get(0) + "'; 'help' lists all");
        }
        throw new DebugException("'" + String.join(" ", words) + "' is not complete: " + names(family));
    }

    private static String names(List<Command> commands) {
        return String.join(", ", commands.stream().map(Command::name).toList());
    }

    private List<Command> fitting(List<String> words) {
        String typed = String.join(" ", words).toLowerCase(Locale.ROOT);
        List<Command> exact = commands.stream()
                .filter(c -> c.name().equals(typed) || c.aliases().contains(typed))
                .toList();
        return exact.isEmpty()
                ? commands.stream().filter(c -> begins(c.words(), words)).toList()
                : exact;
    }

    private static boolean begins(List<String> name, List<String> typed) {
        if (name.size() != typed.size()) {
            return false;
        }
        for (int i = 0; i < name.size(); i++) {
            if (!name.get(i).startsWith(typed.get(i).toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        return true;
    }

    /** What follows the first {@code count} words; a word also ends before a slash. */
    private static String rest(String line, int count) {
        String rest = line;
        for (int i = 0; i < count; i++) {
            rest = rest.replaceFirst("^[^\\s/]+\\s*", "");
        }
        return rest;
    }
}
