package org.orrery.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a completion script. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        header = "Print a script for the shell.",
        description = "Print a script that completes orrery's commands and options in bash and zsh.",
        footer = {"", "Example:", "  source <(orrery completion)"})
final class Completion implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine()
                .getOut()
                .print(AutoComplete.bash("orrery", spec.root().commandLine()));
        spec.commandLine().getOut().flush();
    }
}
