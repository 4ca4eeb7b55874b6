package org.orrery.cli;

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
        subcommands = {IsaCommand.class, Completion.class, CommandLine.HelpCommand.class},
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0-255:the guest's own, once it wrote one to its exit device; else",
            "0:done",
            "2:bad input: one line on standard error says what and where",
            "3:the guest crashed, or halted for good without saying that it was done",
            "4:the cycle limit was reached",
            "70:a defect of Orrery itself",
            "130:ended by Ctrl-C"
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The whole command tree with its handling of errors. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Errors::badArguments)
                .setExecutionExceptionHandler(Errors::failed);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
