package org.orrery.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.orrery.cli.conform.Conformance;
import org.orrery.cli.conform.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares the CPU with captures of instructions on hardware. */
@Command(
        name = "conform",
        mixinStandardHelpOptions = true,
        header = "Compare the CPU with captures of hardware.",
        description = {
            "Run real-mode captures of instructions on an 80286 and compare registers, memory, exceptions and flags.",
            "",
            "What an i486 rightly does otherwise is excused by rules, which are printed with the number of captures that"
                    + " need them."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:all captures hold", "1:some do not", "2:the captures cannot be read"},
        footer = {"", "Examples:", "  orrery conform captures/", "  orrery conform captures/ --files", ""})
final class ConformCommand implements Callable<Integer> {
    private static final int FAILURES_SHOWN = 20;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Where the captures are: files in the MOO format, gzipped or not.")
    private Path directory;

    @Option(names = "--files", description = "Print a line for each file, which is for each opcode.")
    private boolean files;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Report report = new Conformance().run(directory);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.of(report));
        } else {
            print(report, out);
        }
        out.flush();
        return report.failed() == 0 ? ExitStatus.OK : ExitStatus.CHECK_FAILED;
    }

    private void print(Report report, PrintWriter out) {
        if (files) {
            out.println("opcode  captures  excused  failed");
            report.files()
                    .forEach(f -> out.printf("%-6s %9d %8d %7d%n", f.opcode(), f.captures(), f.excused(), f.failed()));
            out.println();
        }
        report.failures().stream()
                .limit(FAILURES_SHOWN)
                .forEach(f -> out.printf(
                        "%s #%d %s: %s%n", f.opcode(), f.index(), f.name(), String.join(", ", f.differences())));
        if (report.failed() > FAILURES_SHOWN) {
            out.printf("and %d more%n", report.failed() - FAILURES_SHOWN);
        }
        out.printf(
                "%d captures: %d hold, %d hold but for these rules, %d fail%n",
                report.captures(), report.passed(), report.excused(), report.failed());
        report.rules().forEach(r -> out.printf("  %-16s %6d  %s%n", r.name(), r.captures(), r.reason()));
    }
}
