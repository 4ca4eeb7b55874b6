package org.orrery.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code orrery} command, of which all others are subcommands. */
@Command(
        name = "orrery",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "A laboratory for microkernels: a 486-class PC, simulated cycle by cycle.",
        subcommands = {
            RunCommand.class,
            DebugCommand.class,
            CompareCommand.class,
            KernelCommand.class,
            PaperCommand.class,
            AsmCommand.class,
            DisasmCommand.class,
            IsaCommand.class,
            TimeCommand.class,
            ValidateCommand.class,
            ConformCommand.class,
            SuiteCommand.class,
            Completion.class,
            CommandLine.HelpCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  orrery run",
            "  orrery run kernel.elf --append 'n=1' --stats",
            "  orrery debug kernel.elf",
            "  orrery compare 486dx33 486dx50",
            "  orrery isa add",
            "  orrery time loop.asm"
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0-255:the guest's own, once it wrote one to its exit device; else",
            "0:done",
            "1:what was to be checked does not hold",
            "2:bad input: one line on standard error says what and where",
            "3:the guest crashed, or halted for good without saying that it was done",
            "4:the cycle limit was reached",
            "70:a defect of Orrery itself",
            "130:ended by Ctrl-C"
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    private final InputStream in;
    private final OutputStream out;

    private Main(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    public static void main(String[] args) {
        OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
        System.exit(commandLine(System.in, out).execute(args));
    }

    /** The whole command tree with its handling of errors; guests' serial lines are on {@code in} and {@code out}. */
    static CommandLine commandLine(InputStream in, OutputStream out) {
        return new CommandLine(new Main(in, out))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Errors::badArguments)
                .setExecutionExceptionHandler(Errors::failed);
    }

    /** Bytes for the guest. */
    InputStream in() {
        return in;
    }

    /** Bytes from the guest. */
    OutputStream out() {
        return out;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
