package org.orrery.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.orrery.cli.suite.GuestSuite;
import org.orrery.cli.suite.RowCoverage;
import org.orrery.isa.Form;
import org.orrery.pc.Machine;
import org.orrery.pc.Outcome;
import org.orrery.pc.boot.BootOptions;
import org.orrery.pc.boot.ImageLoader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Tests the CPU by a guest that checks it from the inside. */
@Command(
        name = "suite",
        mixinStandardHelpOptions = true,
        header = "Check the CPU from the inside.",
        description = {
            "Run a guest that checks the CPU from the inside, chapter by chapter of the i486 manual: protection, tasks, paging,"
                    + " virtual 8086 mode, debug and test registers, alignment, x87 errors. It prints a line for each group of checks."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:all checks passed", "1:some failed", "3:the guest crashed", "4:it did not come to its end"},
        footer = {
            "",
            "Examples:",
            "  orrery suite",
            "  orrery suite --rows --machine 486dx2-66sl",
            "  orrery suite --output suite.bin",
            "  orrery run suite.bin"
        })
final class SuiteCommand implements Callable<Integer> {
    /** Far more than the guest takes, in cycles. */
    private static final long LIMIT = 2_000_000_000L;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main orrery;

    @Mixin
    private MachineOptions machineOptions;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the guest's multiboot image to this file, and do not run it.")
    private Path output;

    @Option(names = "--rows", description = "List the rows of the instruction table that the guest does not execute.")
    private boolean rows;

    @Option(names = "--json", description = "Print JSON: the guest's lines, its exit status, and the rows.")
    private boolean json;

    private record Result(List<String> lines, int exitStatus, int rows, int executed, List<String> notExecuted) {}

    @Override
    public Integer call() throws IOException {
        byte[] image = GuestSuite.image();
        if (output != null) {
            Files.write(output, image);
            return ExitStatus.OK;
        }
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        GuestRun run = new GuestRun(machineOptions.builder(), json ? printed : orrery.out());
        Machine machine = run.machine();
        ImageLoader.load(machine, "suite.bin", image, BootOptions.NONE);
        RowCoverage coverage = new RowCoverage();
        Outcome outcome = rows || json ? coverage.run(machine, LIMIT) : run.run(InputStream.nullInputStream(), LIMIT);
        orrery.out().flush();
        String end = Endings.line(machine, outcome);
        if (!end.isEmpty()) {
            spec.commandLine().getErr().println("orrery: " + end);
        }
        int status = Endings.status(outcome);
        if (json) {
            List<String> lines =
                    printed.toString(StandardCharsets.US_ASCII).lines().toList();
            printJson(lines, status, coverage);
        } else if (rows) {
            printRows(coverage);
        }
        spec.commandLine().getOut().flush();
        return status;
    }

    private void printJson(List<String> lines, int status, RowCoverage coverage) {
        List<String> missing =
                coverage.missing().stream().map(SuiteCommand::row).toList();
        int executed = coverage.executed().size();
        Result result = new Result(lines, status, executed + missing.size(), executed, missing);
        spec.commandLine().getOut().println(Json.of(result));
    }

    private void printRows(RowCoverage coverage) {
        PrintWriter out = spec.commandLine().getOut();
        List<Form> missing = coverage.missing();
        int executed = coverage.executed().size();
        out.printf(
                "%d of %d rows executed%s%n", executed, executed + missing.size(), missing.isEmpty() ? "" : ", not:");
        missing.forEach(form -> out.println("  " + row(form)));
    }

    private static String row(Form form) {
        String operands = form.operands().stream().map(Object::toString).collect(Collectors.joining(","));
        return String.format("%-12s %s %s", form.encoding(), form.mnemonic(), operands)
                .stripTrailing();
    }
}
