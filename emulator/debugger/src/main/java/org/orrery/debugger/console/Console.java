package org.orrery.debugger.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.orrery.debugger.DebugException;
import org.orrery.debugger.DebugSession;

/**
 * The debugger's console: line editing with history and completion on a terminal, plain lines from anything else. Ctrl-C stops a guest that
 * runs and gives the prompt back; Ctrl-D ends the debugger.
 */
public final class Console {
    /** All went well. */
    public static final int DONE = 0;
    /** A command of a script could not be executed. */
    public static final int FAILED = 2;

    private static final String PROMPT = "(orrery) ";

    private final DebugSession session;
    private final InputStream in;
    private final Terminal terminal;
    private final Shell shell;

    private Console(DebugSession session, InputStream in, OutputStream out, Terminal terminal) {
        this.in = in;
        this.session = session;
        this.terminal = terminal;
        PrintWriter plain = new PrintWriter(out, false, StandardCharsets.UTF_8);
        Output output = terminal == null ? new Output(plain, false) : new Output(terminal.writer(), colour(), out);
        shell = new Shell(session, output);
    }

    /** See no-color.org: any value but an empty one forbids colour. */
    private static boolean colour() {
        String forbidden = System.getenv("NO_COLOR");
        return forbidden == null || forbidden.isEmpty();
    }

    /**
     * Runs scripts, then single lines of commands, then what comes from standard input.
     *
     * @param in standard input; if it is the process's own and a terminal, the console is interactive
     * @param out standard output, to which the guest prints, too
     * @return an exit status, {@link #DONE} or {@link #FAILED}
     */
    public static int run(
            DebugSession session, List<Path> scripts, List<String> commands, InputStream in, OutputStream out)
            throws IOException {
        try (Terminal terminal = in == System.in ? terminal().orElse(null) : null) {
            Console console = new Console(session, in, out, terminal);
            return console.prepare(scripts, commands) && console.converse() ? DONE : FAILED;
        }
    }

    /** The terminal, if standard input and output are one. Only stty is used to control it, so that nothing native need be loaded. */
    private static Optional<Terminal> terminal() throws IOException {
        Terminal terminal = TerminalBuilder.builder()
                .name("orrery")
                .system(true)
                .dumb(true)
                .provider("exec")
                .build();
        if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
            terminal.close();
            return Optional.empty();
        }
        return Optional.of(terminal);
    }

    private boolean prepare(List<Path> scripts, List<String> commands) throws IOException {
        for (Path script : scripts) {
            if (Files.isDirectory(script)) {
                throw new DebugException(script + ": is a directory");
            }
            try (BufferedReader lines = Files.newBufferedReader(script)) {
                if (!shell.script(lines)) {
                    return false;
                }
            }
        }
        for (String line : commands) {
            if (!shell.execute(line)) {
                return false;
            }
        }
        return true;
    }

    private boolean converse() throws IOException {
        if (shell.quit()) {
            return true;
        }
        if (terminal == null) {
            return shell.script(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        }
        terminal.handle(Terminal.Signal.INT, signal -> session.interrupt());
        LineReader reader = reader();
        while (!shell.quit()) {
            try {
                shell.execute(reader.readLine(PROMPT));
            } catch (UserInterruptException e) {
                // Ctrl-C at the prompt only gives up the line.
                continue;
            } catch (EndOfFileException e) {
                break;
            }
        }
        return true;
    }

    private LineReader reader() {
        DefaultParser parser = new DefaultParser();
        parser.setEscapeChars(null);
        parser.setQuoteChars(new char[0]);
        Completion completion = new Completion(shell.registry(), session.guest());
        LineReader reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(parser)
                .completer((r, line, candidates) -> completion
                        .candidates(line.line().substring(0, line.cursor()))
                        .forEach(c -> candidates.add(new Candidate(c))))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
        history().ifPresent(file -> reader.setVariable(LineReader.HISTORY_FILE, file));
        return reader;
    }

    /** A file for the history in the user's cache directory, if there is such a directory. */
    private static Optional<Path> history() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path directory =
                cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return Files.isWritable(directory) ? Optional.of(directory.resolve("orrery-debug-history")) : Optional.empty();
    }
}
