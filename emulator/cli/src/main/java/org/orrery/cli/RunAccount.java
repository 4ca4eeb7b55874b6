package org.orrery.cli;

import java.util.List;
import java.util.Locale;

/**
 * The account of a run.
 *
 * @param machine profile and memory size
 * @param clockHz the machine's CPU clocks in a second
 * @param stateHash of the whole machine at the end, the same on every host
 * @param parts what passed between one mark of the guest and the next
 */
record RunAccount(String machine, long clockHz, String stateHash, Span run, List<Part> parts) {
    /** Longer lists are for {@code --stats=json}. */
    private static final int PARTS_SHOWN = 20;

    /** A part of a run, between the guest's writes of {@code from} and {@code to} to port E8h. */
    record Part(int from, int to, Span span) {
        /** For people. */
        String name() {
            String start = from == Moment.NO_MARK ? "start" : "mark " + from;
            return start + " to " + (to == Moment.NO_MARK ? "end" : "mark " + to);
        }
    }

    /** For people: the table of causes, then each marked part with its own. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%s, %.1f MHz; final state %s%n", machine, clockHz / 1e6, stateHash));
        text.append(run.table());
        parts.stream()
                .limit(PARTS_SHOWN)
                .forEach(part -> text.append(String.format("%s: %s%n", part.name(), part.span.line()))
                        .append(part.span.table()));
        if (parts.size() > PARTS_SHOWN) {
            text.append(String.format("... and %d more marked parts%n", parts.size() - PARTS_SHOWN));
        }
        return text.toString();
    }
}
