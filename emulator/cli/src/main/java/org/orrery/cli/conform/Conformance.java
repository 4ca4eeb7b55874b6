package org.orrery.cli.conform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs all captures of a directory and counts what passes, what departs from them rightly, and what fails. */
public final class Conformance {
    private final Departures departures = Departures.from80286();
    private final CaptureRunner runner = new CaptureRunner();
    private final Map<String, Integer> excused = new LinkedHashMap<>();
    private final List<Report.Failure> failures = new ArrayList<>();

    /**
     * Runs the files of a directory in the order of their names.
     *
     * @throws IOException with one line that says what is wrong, if the directory has no captures or one cannot be read
     */
    public Report run(Path directory) throws IOException {
        departures.rules().forEach(rule -> excused.put(rule.name(), 0));
        List<Report.OpcodeFile> files = new ArrayList<>();
        for (Path file : filesOf(directory)) {
            files.add(runFile(file));
        }
        List<Report.Rule> rules = departures.rules().stream()
                .map(rule -> new Report.Rule(rule.name(), excused.get(rule.name()), rule.reason()))
                .toList();
        return Report.of(directory.toString(), files, rules, failures);
    }

    private static List<Path> filesOf(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException(directory + ": expected a directory of captures");
        }
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> files = entries.filter(Conformance::isCaptures).sorted().toList();
            if (files.isEmpty()) {
                throw new IOException(directory + ": no captures here: no file ends in .MOO or .MOO.gz");
            }
            return files;
        }
    }

    private static boolean isCaptures(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".MOO") || name.endsWith(".MOO.gz");
    }

    private Report.OpcodeFile runFile(Path path) throws IOException {
        String name = path.getFileName().toString();
        String opcode = name.substring(0, name.indexOf(".MOO"));
        int passed = 0;
        int excusedHere = 0;
        int failed = 0;
        for (Capture capture : MooReader.read(path)) {
            if (runner.run(Expectation.exactly(capture)).isEmpty()) {
                passed++;
                continue;
            }
            List<String> differences = runWithDepartures(capture);
            if (differences.isEmpty()) {
                excusedHere++;
            } else {
                failed++;
                failures.add(new Report.Failure(opcode, capture.index(), capture.name(), differences));
            }
        }
        return new Report.OpcodeFile(opcode, passed, excusedHere, failed);
    }

    /** Runs with all departures that are about a capture, and counts those that it needs. */
    private List<String> runWithDepartures(Capture capture) {
        Situation situation = Situation.of(capture);
        List<Departure> rules = departures.about(situation);
        List<String> differences = run(situation, rules);
        if (differences.isEmpty()) {
            for (Departure rule : rules) {
                List<Departure> others = rules.stream().filter(r -> r != rule).toList();
                if (!run(situation, others).isEmpty()) {
                    excused.merge(rule.name(), 1, Integer::sum);
                }
            }
        }
        return differences;
    }

    private List<String> run(Situation situation, List<Departure> rules) {
        Expectation expected = Expectation.exactly(situation.capture());
        for (Departure rule : rules) {
            expected = rule.effect().apply(expected, situation);
        }
        return expected.comparable() ? runner.run(expected) : List.of();
    }
}
