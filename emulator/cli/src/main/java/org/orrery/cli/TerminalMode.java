package org.orrery.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;

/**
 * Lets a terminal on standard input pass every key on as it is typed, unechoed, since the guest echoes; signals still work. Does nothing if
 * there is no terminal.
 */
final class TerminalMode {
    private final String before;

    private TerminalMode(String before) {
        this.before = before;
    }

    static TerminalMode keyByKey() {
        String before = stty("-g").strip();
        if (!before.isEmpty()) {
            stty("-icanon", "-echo", "-icrnl", "min", "1", "time", "0");
        }
        return new TerminalMode(before);
    }

    /** Puts the terminal back as it was. */
    void restore() {
        if (!before.isEmpty()) {
            stty(before);
        }
    }

    /** What stty prints; nothing if there is no terminal or no stty. */
    private static String stty(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "stty";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(Redirect.INHERIT)
                    .redirectError(Redirect.DISCARD)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return "";
        }
    }
}
