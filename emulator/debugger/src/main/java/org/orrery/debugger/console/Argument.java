package org.orrery.debugger.console;

import java.util.List;

/**
 * One argument of a command.
 *
 * @param name as it stands in the usage line
 * @param kind what it is, which decides how it is completed
 * @param optional whether it may be left out
 * @param words what can be typed, where the kind is {@link Kind#WORD}
 */
public record Argument(String name, Kind kind, boolean optional, List<String> words) {
    /** What can stand in an argument's place. */
    public enum Kind {
        /** An expression: numbers, symbols, registers, memory. */
        EXPRESSION,
        NUMBER,
        /** One of a few words. */
        WORD,
        REGISTER,
        COMMAND,
        TEXT
    }

    static Argument required(String name, Kind kind) {
        return new Argument(name, kind, false, List.of());
    }

    static Argument optional(String name, Kind kind) {
        return new Argument(name, kind, true, List.of());
    }

    static Argument oneOf(String name, String... words) {
        return new Argument(name, Kind.WORD, true, List.of(words));
    }

    /** As in a usage line: {@code ADDRESS}, or {@code [ADDRESS]} if it may be left out. */
    String usage() {
        return optional ? "[" + name + "]" : name;
    }
}
