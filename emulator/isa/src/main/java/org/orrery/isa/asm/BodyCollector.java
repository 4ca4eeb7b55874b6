package org.orrery.isa.asm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Gathers the lines of a macro or a repetition, up to the directive that closes it. */
final class BodyCollector {
    private final Location location;
    private final String opening;
    private final String family;
    private final Consumer<List<RawLine>> whenComplete;
    private final List<RawLine> body = new ArrayList<>();
    private int depth = 1;

    /**
     * @param family {@code macro} or {@code rep}
     */
    BodyCollector(Location location, String opening, String family, Consumer<List<RawLine>> whenComplete) {
        this.location = location;
        this.opening = opening;
        this.family = family;
        this.whenComplete = whenComplete;
    }

    Location location() {
        return location;
    }

    String opening() {
        return opening;
    }

    String closing() {
        return "%end" + family;
    }

    /** Takes a line; true if it was the closing one. */
    boolean add(RawLine raw) {
        String word = directive(raw.text);
        if (isOpening(word)) {
            depth++;
        } else if (isClosing(word)) {
            depth--;
        }
        if (depth == 0) {
            return true;
        }
        body.add(raw);
        return false;
    }

    private boolean isOpening(String word) {
        return word.equals("%" + family) || family.equals("macro") && word.matches("%i?r?macro");
    }

    private boolean isClosing(String word) {
        return word.equals(closing()) || family.equals("macro") && word.equals("%endm");
    }

    void finish() {
        whenComplete.accept(body);
    }

    private static String directive(String text) {
        String stripped = text.stripLeading();
        if (!stripped.startsWith("%")) {
            return "";
        }
        int end = 1;
        while (end < stripped.length() && Character.isLetter(stripped.charAt(end))) {
            end++;
        }
        return stripped.substring(0, end).toLowerCase(Locale.ROOT);
    }
}
