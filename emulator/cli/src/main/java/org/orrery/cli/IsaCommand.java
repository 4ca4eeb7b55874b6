package org.orrery.cli;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.orrery.cli.validate.ClockRow;
import org.orrery.cli.validate.ClockSources;
import org.orrery.isa.Form;
import org.orrery.isa.InstructionSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the instruction table's rows of a mnemonic. */
@Command(
        name = "isa",
        mixinStandardHelpOptions = true,
        header = "Show instructions with their clocks.",
        description = "Show what the instruction table knows of a mnemonic: encodings, operands, clocks, flags, faults,"
                + " and where the clocks are published.",
        footer = {"", "Examples:", "  orrery isa add", "  orrery isa call --json"})
final class IsaCommand implements Runnable {
    /** A mnemonic is near another if this share of its letters, rounded, differs. */
    private static final double NEAR = 0.34;

    private static final int SUGGESTIONS = 5;
    private static final int INDENT = 4;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MNEMONIC", description = "As in the manual, in any case.")
    private String mnemonic;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public void run() {
        List<Form> forms = InstructionSet.i486().forms(mnemonic);
        if (forms.isEmpty()) {
            throw new UserError("the i486 has no instruction '" + mnemonic + "'" + suggestion());
        }
        ClockSources published = new ClockSources();
        List<FormView> views =
                forms.stream().map(form -> FormView.of(form, published)).toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.of(views));
        } else {
            views.forEach(view -> out.println(view.text()));
            List<ClockRow> rows = forms.stream()
                    .flatMap(form -> published.rows(form).stream())
                    .toList();
            published
                    .meanings(rows)
                    .forEach((key, meaning) -> Wrap.words(String.format("%-4s", key), meaning, INDENT)
                            .forEach(out::println));
        }
        out.flush();
    }

    private String suggestion() {
        String wanted = mnemonic.toUpperCase(Locale.ROOT);
        List<String> near = InstructionSet.i486().forms().stream()
                .map(Form::mnemonic)
                .distinct()
                .filter(m -> EditDistance.between(m, wanted) <= Math.round(NEAR * wanted.length()))
                .sorted(Comparator.comparingInt((String m) -> EditDistance.between(m, wanted))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SUGGESTIONS)
                .toList();
        return near.isEmpty() ? "" : "; near it: " + String.join(", ", near);
    }
}
