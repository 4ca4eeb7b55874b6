package org.orrery.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.orrery.cli.validate.Validation;
import org.orrery.debugger.console.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares the clocks that guests take with published ones. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        header = "Compare clocks with published figures.",
        description = {
            "Run guests here and now and compare what they take with published figures:",
            "  clocks  every row of Intel's clock table, in each mode that it names",
            "  loops   loops that M. Abrash timed on real machines",
            "  ipc     the sequences of J. Liedtke's paper on fast IPC, tables 3, 4 and 5",
            "Figures that need not be met say why; all others must be equal."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:all that must be equal is", "1:something is not"},
        footer = {
            "",
            "Examples:",
            "  orrery validate",
            "  orrery validate --section ipc",
            "  orrery validate --differences",
            "  orrery validate --json"
        })
final class ValidateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--section",
            paramLabel = "NAME",
            completionCandidates = Sections.class,
            description = "Only this: ${COMPLETION-CANDIDATES}.")
    private String section;

    @Option(names = "--differences", description = "List only figures that differ or cannot be compared.")
    private boolean differences;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Names for help and completion. */
    static final class Sections implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return Validation.SECTIONS.iterator();
        }
    }

    @Override
    public Integer call() {
        if (section != null && !Validation.SECTIONS.contains(section)) {
            throw new UserError("--section " + section + ": expected one of " + String.join(", ", Validation.SECTIONS));
        }
        Validation validation = Validation.run(section == null ? Validation.SECTIONS : List.of(section));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.of(validation));
        } else {
            boolean colour = spec.commandLine().getColorScheme().ansi().enabled();
            new ValidationView(validation, differences, new Output(out, colour)).print();
        }
        out.flush();
        return validation.holds() ? ExitStatus.OK : ExitStatus.CHECK_FAILED;
    }
}
