package org.orrery.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.orrery.cli.paper.Paper;
import org.orrery.cli.paper.Row;
import org.orrery.debugger.TextTable;
import org.orrery.pc.profile.Profile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reproduces the paper's tables. */
@Command(
        name = "paper",
        mixinStandardHelpOptions = true,
        header = "Reproduce the tables of the 1993 paper on fast IPC.",
        description = {
            "Measure what the tables of J. Liedtke's Improving IPC by Kernel Design (SOSP 1993) give, on the simulated"
                    + " machine and with Orrery's kernel, and print published and measured figures side by side.",
            "Below them stands what the paper has no figure for: page faults, interrupts, unmapping; each as a whole, with"
                    + " everything in the cache that fits there, and with nothing in the on-chip cache.",
            "Nothing is fitted to the paper: where the figures differ, the causes of the measured cycles say why.",
            "It is deterministic: a cycle that changes is a change of the kernel or of the model."
        },
        footer = {"", "Examples:", "  orrery paper", "  orrery paper --json"})
final class PaperCommand implements Callable<Integer> {
    private static final Map<String, String> TITLES = new LinkedHashMap<>();

    static {
        TITLES.put("L93.1", "Table 1: more time if one optimisation is removed, by bytes");
        TITLES.put("L93.3", "Table 3: the least that a null message can cost");
        TITLES.put(
                "L93.4",
                "Table 4: the least that a temporary mapping can cost (ours without 20 for the start of the copy)");
        TITLES.put("L93.5", "Table 5: the least that access to a port can cost");
        TITLES.put("L93.7", "Table 7: time of one message, by bytes, and how much more it takes with a cold cache");
        TITLES.put("L93 7.4", "Section 7.4: a short message if the i486 were another, and how much that saves");
        TITLES.put(
                "footprint",
                "What a call and its answer hold in the on-chip cache, and what the kernel executes for them");
        TITLES.put(
                "page fault", "A page fault that a user's pager answers with a page, from the access to its success");
        TITLES.put(
                "interrupt",
                "An interrupt in another address space than its handler's, up to the handler's first instruction");
        TITLES.put("unmap", "fpage_unmap of one page, by how many mappings derive from it");
    }

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print an array of rows as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        List<Row> rows = new Paper(Profile.byName(Profile.DEFAULT)).rows();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.of(rows));
        } else {
            TITLES.forEach((table, title) -> {
                out.println(title);
                table(rows, table).lines().forEach(line -> out.println("  " + line));
                out.println();
            });
        }
        out.flush();
        return ExitStatus.OK;
    }

    private static TextTable table(List<Row> rows, String name) {
        TextTable table = new TextTable().row("", "", "published", "measured", "residual", "causes");
        rows.stream()
                .filter(row -> row.table().equals(name))
                .forEach(row -> table.row(
                        row.row(),
                        row.unit(),
                        number(row.published()),
                        number(row.measured()),
                        number(row.residual()),
                        causes(row)));
        return table;
    }

    private static String number(Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%,.1f", value);
    }

    private static String causes(Row row) {
        return row.causes().entrySet().stream()
                .map(cause -> cause.getKey() + " " + number(cause.getValue()))
                .collect(Collectors.joining(", "));
    }
}
