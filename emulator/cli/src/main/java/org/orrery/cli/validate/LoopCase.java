package org.orrery.cli.validate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.orrery.cli.time.Mode;

/**
 * A loop that somebody timed on a real machine: an entry of the resource {@code loops.cases}, whose header says what it holds.
 *
 * @param groups what is measured is so many times what the figure is for
 * @param clocks published
 * @param caveat why the figure need not be met, or empty
 */
record LoopCase(String name, Mode mode, int groups, double clocks, String caveat, String machine, String source) {
    private static final String RESOURCE = "loops.cases";
    private static final String ASSERTED = "asserted";

    static List<LoopCase> read() {
        List<LoopCase> cases = new ArrayList<>();
        List<String> head = List.of();
        StringBuilder source = new StringBuilder();
        for (String line :
                Resources.lines(RESOURCE).filter(l -> !l.startsWith("#")).toList()) {
            if (line.startsWith("@")) {
                add(cases, head, source);
                head = Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList();
            } else {
                source.append(line).append('\n');
            }
        }
        add(cases, head, source);
        return cases;
    }

    private static void add(List<LoopCase> cases, List<String> head, StringBuilder source) {
        if (!head.isEmpty()) {
            Mode mode = Arrays.stream(Mode.values())
                    .filter(m -> m.label().equals(head.get(1)))
                    .findFirst()
                    .orElseThrow();
            cases.add(new LoopCase(
                    head.get(0),
                    mode,
                    Integer.parseInt(head.get(2)),
                    Double.parseDouble(head.get(3)),
                    head.get(4).equals(ASSERTED) ? "" : head.get(4),
                    head.get(5),
                    source.toString()));
        }
        source.setLength(0);
    }
}
