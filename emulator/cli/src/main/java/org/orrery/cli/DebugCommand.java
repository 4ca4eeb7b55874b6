package org.orrery.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.orrery.debugger.DebugSession;
import org.orrery.debugger.console.Console;
import org.orrery.isa.debug.DebugInfo;
import org.orrery.pc.Machine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Runs a guest image under the debugger's console. */
@Command(
        name = "debug",
        mixinStandardHelpOptions = true,
        header = "Run a guest under the debugger.",
        description = {
            "Load a guest image as 'orrery run' does, stop before its first instruction, and take commands: 'help' lists"
                    + " them. Symbols, phases and layouts come from the image and its modules where these are ELF files.",
            "On a terminal, Ctrl-C stops the guest and gives the prompt back. From anything else, commands are read line by"
                    + " line; the first that fails ends the debugger with status 2."
        },
        footer = {
            "",
            "Examples:",
            "  orrery debug -c ipc",
            "  orrery debug kernel.elf",
            "  orrery debug kernel.elf --module server.elf -c 'break main; continue; info registers'",
            "  orrery debug kernel.elf -x session.txt </dev/null"
        })
final class DebugCommand implements Callable<Integer> {
    @ParentCommand
    private Main orrery;

    @Parameters(
            paramLabel = "IMAGE",
            arity = "0..1",
            description = "The guest's image (default: the microkernel with two tasks that exchange messages).")
    private Path image;

    @Mixin
    private MachineOptions machineOptions;

    @Mixin
    private ImageOptions imageOptions;

    @Option(
            names = {"-x", "--script"},
            paramLabel = "FILE",
            description = "Execute the commands in a file first; may be repeated.")
    private List<Path> scripts = new ArrayList<>();

    @Option(
            names = {"-c", "--command"},
            paramLabel = "COMMANDS",
            description = "Then execute commands, separated by semicolons; may be repeated.")
    private List<String> commands = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        Machine machine = machineOptions.builder().console(this::print).build();
        DebugSession session = new DebugSession(machine, load(machine));
        return Console.run(session, scripts, commands, orrery.in(), orrery.out());
    }

    private DebugInfo load(Machine machine) throws IOException {
        if (image == null) {
            imageOptions.requireNone();
            PingPong system = PingPong.shipped();
            system.load(machine);
            return system.debugInfo();
        }
        imageOptions.load(machine, image);
        return imageOptions.debugInfo(image);
    }

    private void print(int value) {
        OutputStream out = orrery.out();
        try {
            out.write(value);
            if (value == '\n') {
                out.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("standard output: " + e.getMessage(), e);
        }
    }
}
