package org.orrery.cli.conform;

import java.util.List;

/**
 * What a run over captures found.
 *
 * @param passed captures that hold to the letter
 * @param excused captures that hold but for departures
 */
public record Report(
        String directory,
        int captures,
        int passed,
        int excused,
        int failed,
        List<Rule> rules,
        List<OpcodeFile> files,
        List<Failure> failures) {

    /** How many captures needed a departure, alone or with others. */
    public record Rule(String name, int captures, String reason) {}

    /** The captures of one opcode. */
    public record OpcodeFile(String opcode, int passed, int excused, int failed) {
        public int captures() {
            return passed + excused + failed;
        }
    }

    /** A capture that does not hold. */
    public record Failure(String opcode, int index, String name, List<String> differences) {}

    static Report of(String directory, List<OpcodeFile> files, List<Rule> rules, List<Failure> failures) {
        int passed = files.stream().mapToInt(OpcodeFile::passed).sum();
        int excused = files.stream().mapToInt(OpcodeFile::excused).sum();
        int failed = files.stream().mapToInt(OpcodeFile::failed).sum();
        return new Report(
                directory,
                passed + excused + failed,
                passed,
                excused,
                failed,
                rules,
                List.copyOf(files),
                List.copyOf(failures));
    }
}
