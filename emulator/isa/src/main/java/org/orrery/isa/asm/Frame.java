package org.orrery.isa.asm;

import java.util.List;

/** Lines being read: a file, a macro's body, or the body of {@code %rep}. */
final class Frame {
    /** Where the lines come from. */
    enum Kind {
        FILE,
        MACRO,
        REPEAT
    }

    final Kind kind;
    /** The name of the file, for the next file to be found beside it. */
    final String file;
    /** The call whose parameters hold in these lines, or null. */
    final MacroCall call;
    /** How many conditions were open when the lines began. */
    final int conditions;

    private final List<RawLine> lines;
    private int next;
    private long repetitions;

    Frame(Kind kind, String file, List<RawLine> lines, MacroCall call, long repetitions, int conditions) {
        this.kind = kind;
        this.file = file;
        this.lines = lines;
        this.call = call;
        this.repetitions = repetitions;
        this.conditions = conditions;
    }

    /** The next line, or null at the end. */
    RawLine read() {
        if (next == lines.size()) {
            repetitions--;
            if (repetitions <= 0 || lines.isEmpty()) {
                return null;
            }
            next = 0;
        }
        return lines.get(next++);
    }
}
