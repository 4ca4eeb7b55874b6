package org.orrery.debugger.console;

import java.util.List;

/**
 * One command of the debugger: what it is called, what it takes, what it does, and what help, completion and the generated documentation
 * say about it.
 *
 * @param name one or more words in small letters, for instance {@code info registers}
 * @param aliases other names, which need not be unique prefixes
 * @param group heading under which help lists it
 * @param arguments in order; the last one takes the rest of the line
 * @param summary one line that starts with a verb and ends without a full stop
 * @param details further lines of help, or empty
 * @param examples lines that can be typed as they stand
 * @param repeat what an empty line after it does
 * @param action what it does
 */
public record Command(
        String name,
        List<String> aliases,
        String group,
        List<Argument> arguments,
        String summary,
        String details,
        List<String> examples,
        Repeat repeat,
        Action action) {

    /** What an empty line does. */
    public enum Repeat {
        /** Nothing. */
        NO,
        /** The same again. */
        SAME,
        /** The command without arguments, which goes on from where it ended. */
        ONWARD
    }

    /** What a command does. A {@link org.orrery.debugger.DebugException} is a message for the user. */
    @FunctionalInterface
    public interface Action {
        /**
         * @param arguments the line after the command's name, stripped; a slash directly after the name, as in {@code x/4wx}, belongs to it
         */
        void run(String arguments, Output out);
    }

    /** The words of its name. */
    List<String> words() {
        return List.of(name.split(" "));
    }

    /** Name and arguments as in {@code break ADDRESS [if CONDITION]}. */
    public String usage() {
        StringBuilder usage = new StringBuilder(name);
        arguments.forEach(a -> usage.append(a.name().startsWith("/") ? "" : " ").append(a.usage()));
        return usage.toString();
    }

    static Builder named(String name, String... aliases) {
        return new Builder(name, List.of(aliases));
    }

    /** Collects the parts of a command, so that the parts it lacks need not be written. */
    static final class Builder {
        private final String name;
        private final List<String> aliases;
        private List<Argument> arguments = List.of();
        private String group = "";
        private String summary = "";
        private String details = "";
        private List<String> examples = List.of();
        private Repeat repeat = Repeat.NO;

        private Builder(String name, List<String> aliases) {
            this.name = name;
            this.aliases = aliases;
        }

        Builder group(String heading) {
            group = heading;
            return this;
        }

        Builder takes(Argument... taken) {
            arguments = List.of(taken);
            return this;
        }

        Builder does(String line) {
            summary = line;
            return this;
        }

        Builder details(String text) {
            details = text;
            return this;
        }

        Builder example(String... lines) {
            examples = List.of(lines);
            return this;
        }

        Builder repeats(Repeat how) {
            repeat = how;
            return this;
        }

        Command runs(Action action) {
            return new Command(name, aliases, group, arguments, summary, details, examples, repeat, action);
        }
    }
}
