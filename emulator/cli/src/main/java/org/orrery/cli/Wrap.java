package org.orrery.cli;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines of a terminal's width. */
final class Wrap {
    private static final int WIDTH = 79;

    private Wrap() {}

    /** Parts behind a heading, as many on a line as fit; lines after the first are indented. */
    static List<String> parts(String heading, List<String> parts, String separator, int indent) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(heading);
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i) + (i + 1 < parts.size() ? separator : "");
            if (i > 0 && line.length() + part.stripTrailing().length() > WIDTH) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(" ".repeat(indent));
            }
            line.append(part);
        }
        lines.add(line.toString());
        return lines;
    }

    /** Words behind a heading. */
    static List<String> words(String heading, String text, int indent) {
        return parts(heading, List.of(text.split(" ")), " ", indent);
    }
}
