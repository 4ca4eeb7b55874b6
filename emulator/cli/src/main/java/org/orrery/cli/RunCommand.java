package org.orrery.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.orrery.debugger.ipc.IpcReport;
import org.orrery.debugger.ipc.IpcReportText;
import org.orrery.pc.Machine;
import org.orrery.pc.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Runs a guest image. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        header = "Run a guest image, or show what a message costs.",
        description = {
            "Without an image: boot the microkernel with two tasks that exchange messages, and show what one message costs"
                    + " in cycles and why, beside the figures of the 1993 paper.",
            "With an image, run it: a multiboot kernel, an ELF program, a boot sector or floppy image, or a flat binary.",
            "The guest's COM1 is on standard input and output. A byte that it writes to port F4h ends the run and becomes"
                    + " the exit status. Ctrl-C ends the run, too. What it took is on the last line of standard error."
        },
        footer = {
            "",
            "Examples:",
            "  orrery run",
            "  orrery run --kernel strict.elf",
            "  orrery run kernel.elf --append 'n=1' --stats",
            "  orrery run kernel.elf --module server.elf --module 'disk.img=ro' --memory 32M",
            "  orrery run boot.img --machine 486dx2-66 --max-cycles 100000000",
            "  orrery run code.bin --load-address 0x100000 --stats=json 2>stats.json"
        })
final class RunCommand implements Callable<Integer> {
    private enum Format {
        TEXT,
        JSON
    }

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main orrery;

    @Parameters(paramLabel = "IMAGE", arity = "0..1", description = "The guest's image.")
    private Path image;

    @Option(
            names = "--kernel",
            paramLabel = "FILE",
            description = "Without an image: this microkernel in place of the one that ships.")
    private Path kernel;

    @Mixin
    private MachineOptions machineOptions;

    @Mixin
    private ImageOptions imageOptions;

    @Option(
            names = "--max-cycles",
            paramLabel = "N",
            description = "End the run with status 4 at this CPU cycle.",
            defaultValue = "" + Long.MAX_VALUE,
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
    private long maxCycles;

    @Option(names = "--qemu-exit", description = "Make the exit status (byte << 1) | 1, as QEMU's isa-debug-exit does.")
    private boolean qemuExit;

    @Option(
            names = "--stats",
            arity = "0..1",
            fallbackValue = "text",
            paramLabel = "FORMAT",
            description =
                    "Print the cycles by cause on standard error, for the run and for each part that the guest marks"
                            + " through port E8h: as text, or with --stats=json as JSON in place of the last line.")
    private Format stats;

    @Option(names = "--json", description = "Print figures as JSON: those of the message, or --stats=json.")
    private boolean json;

    /** What the user should know of this kind of image if the guest crashes. */
    private String note = "";

    @Override
    public Integer call() throws IOException {
        if (maxCycles < 1) {
            throw new UserError("--max-cycles " + maxCycles + ": expected a number of at least 1");
        }
        if (image == null) {
            return pingPong();
        }
        if (kernel != null) {
            throw new UserError("--kernel is for a run without an image");
        }
        if (json) {
            stats = Format.JSON;
        }
        GuestRun run = new GuestRun(machineOptions.builder().qemuExit(qemuExit), orrery.out());
        note = imageOptions.load(run.machine(), image).kind().note();
        try (Interruption interruption = new Interruption(run::stop)) {
            Outcome outcome = onTerminal(run);
            report(run, outcome, "");
            return interruption.happened() ? ExitStatus.INTERRUPTED : Endings.status(outcome);
        }
    }

    private int pingPong() throws IOException {
        imageOptions.requireNone();
        OutputStream guestsWords = json ? OutputStream.nullOutputStream() : orrery.out();
        GuestRun run = new GuestRun(machineOptions.builder(), guestsWords);
        PingPong system = kernel == null ? PingPong.shipped() : PingPong.on(kernel);
        system.load(run.machine());
        try (Interruption interruption = new Interruption(run::stop)) {
            run.begin();
            Optional<IpcReport> ipc = system.measure(run.machine(), maxCycles);
            Outcome outcome = run.run(InputStream.nullInputStream(), maxCycles);
            ipc.ifPresent(report -> print(report, run.machine()));
            report(run, outcome, " (watched instruction by instruction)");
            return interruption.happened() ? ExitStatus.INTERRUPTED : Endings.status(outcome);
        }
    }

    private void print(IpcReport ipc, Machine machine) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.of(
                    new IpcFigures(machine.description(), machine.profile().clockHz(), ipc)));
        } else {
            IpcReportText.lines(ipc, machine.profile().clockHz()).forEach(out::println);
        }
        out.flush();
    }

    private Outcome onTerminal(GuestRun run) throws IOException {
        TerminalMode terminal = TerminalMode.keyByKey();
        try {
            return run.run(orrery.in(), maxCycles);
        } finally {
            terminal.restore();
        }
    }

    private void report(GuestRun run, Outcome outcome, String remark) {
        PrintWriter err = spec.commandLine().getErr();
        String end = Endings.line(run.machine(), outcome);
        if (!end.isEmpty()) {
            err.println("orrery: " + end);
        }
        if (Endings.isCrash(outcome)) {
            err.print(note.isEmpty() ? "" : "orrery: " + note + "\n");
            err.print(MachineDump.of(run.machine()));
        }
        if (stats == Format.JSON) {
            err.println(Json.of(run.account()));
        } else {
            err.print(stats == Format.TEXT ? run.account().text() : "");
            err.println("orrery: " + run.whole().line() + remark);
        }
        err.flush();
    }
}
