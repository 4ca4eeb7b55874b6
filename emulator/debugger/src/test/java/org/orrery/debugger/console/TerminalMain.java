package org.orrery.debugger.console;

import java.io.IOException;
import java.util.List;
import org.orrery.debugger.DebugSession;
import org.orrery.debugger.MiniKernel;

/** The console on the process's own terminal, with the small kernel as its guest. */
final class TerminalMain {
    private TerminalMain() {}

    public static void main(String[] args) throws IOException {
        DebugSession session = new DebugSession(MiniKernel.machine(), MiniKernel.info());
        System.exit(Console.run(session, List.of(), List.of(), System.in, System.out));
    }
}
