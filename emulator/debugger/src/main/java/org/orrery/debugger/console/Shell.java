package org.orrery.debugger.console;

import java.io.BufferedReader;
import java.io.IOException;
import org.orrery.debugger.DebugException;
import org.orrery.debugger.DebugSession;
import org.orrery.debugger.console.Command.Repeat;

/** Takes lines, one at a time, and runs the commands in them; the same whether they come from a terminal, a script or gdb. */
public final class Shell {
    private final CommandRegistry registry = new CommandRegistry();
    private final Output out;
    private String onEmpty = "";
    private boolean quit;

    /** A shell with all commands for a session. */
    public Shell(DebugSession session, Output out) {
        this.out = out;
        registry.add(new RunCommands(session).commands());
        registry.add(new BreakpointCommands(session).commands());
        registry.add(new DataCommands(session).commands());
        registry.add(new MachineCommands(session).commands());
        registry.add(new HelpCommands(registry, () -> quit = true).commands());
    }

    public CommandRegistry registry() {
        return registry;
    }

    /** Whether the user has had enough. */
    public boolean quit() {
        return quit;
    }

    /**
     * Runs the commands in a line, which semicolons separate; an empty line repeats the last command if it is of that kind.
     *
     * @return whether all went well; if not, the user has been told why and the rest of the line was left out
     */
    public boolean execute(String line) {
        String text = line.isBlank() ? onEmpty : line;
        try {
            for (String command : text.strip().startsWith("#") ? new String[0] : text.split(";")) {
                if (!quit && !command.isBlank()) {
                    executeOne(command);
                }
            }
            return true;
        } catch (DebugException e) {
            out.line(out.error(e.getMessage()));
            return false;
        }
    }

    private void executeOne(String text) {
        onEmpty = "";
        CommandRegistry.Match match = registry.find(text);
        match.command().action().run(match.arguments(), out);
        Repeat repeat = match.command().repeat();
        onEmpty = repeat == Repeat.SAME
                ? text
                : repeat == Repeat.ONWARD ? match.command().name() : "";
    }

    /**
     * Runs all lines of a script up to the first that fails. Empty lines do nothing here.
     *
     * @return whether all went well
     */
    public boolean script(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (line != null && !quit) {
            if (!line.isBlank() && !execute(line)) {
                return false;
            }
            line = lines.readLine();
        }
        return true;
    }
}
