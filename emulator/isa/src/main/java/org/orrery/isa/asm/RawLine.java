package org.orrery.isa.asm;

import java.util.ArrayList;
import java.util.List;

/** A line as it stands in a file; lines joined by a backslash are one. Its tokens are found when first asked for. */
final class RawLine {
    final String text;
    /** From 1; of joined lines the first. */
    final int line;

    private List<Token> tokens;

    private RawLine(String text, int line) {
        this.text = text;
        this.line = line;
    }

    List<Token> tokens() {
        if (tokens == null) {
            tokens = Lexer.tokens(text);
        }
        return tokens;
    }

    /** The lines of a file. */
    static List<RawLine> split(String text) {
        List<RawLine> lines = new ArrayList<>();
        StringBuilder joined = new StringBuilder();
        int number = 0;
        int first = 1;
        for (String line : text.lines().toList()) {
            number++;
            first = joined.length() == 0 ? number : first;
            if (line.endsWith("\\")) {
                joined.append(line, 0, line.length() - 1).append(' ');
                continue;
            }
            lines.add(new RawLine(joined + line, first));
            joined.setLength(0);
        }
        if (joined.length() > 0) {
            lines.add(new RawLine(joined.toString(), first));
        }
        return lines;
    }
}
