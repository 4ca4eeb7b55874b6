package org.orrery.cli.time;

import java.util.Arrays;
import java.util.List;

/** The modes of the CPU that a snippet can run in. */
public enum Mode {
    REAL("real", 16, "enter_real"),
    /** Virtual 8086 mode with IOPL 3. */
    V86("v86", 16, "enter_v86"),
    V86_IOPL0("v86-iopl0", 16, "enter_v86_iopl0"),
    /** Flat segments at level 0, no paging. */
    PROTECTED("protected", 32, "enter_protected"),
    /** Flat segments at level 0, all pages mapped to themselves. */
    PAGED("paged", 32, "enter_paged"),
    /** As {@link #PAGED}, at level 3 with IOPL 0. */
    USER("user", 32, "enter_user");

    private final String label;
    private final int bits;
    private final String entry;

    Mode(String label, int bits, String entry) {
        this.label = label;
        this.bits = bits;
        this.entry = entry;
    }

    /** The name on the command line. */
    public String label() {
        return label;
    }

    /** The size of its code, 16 or 32. */
    public int bits() {
        return bits;
    }

    /** The label of the stage's source that leads into this mode. */
    String entry() {
        return entry;
    }

    /** What is to be added to an offset in a snippet to make it a linear address. */
    int base() {
        return bits == 16 ? Stage.SEGMENT_BASE : 0;
    }

    /** The mode for code of a size unless another is asked for. */
    public static Mode forBits(int bits) {
        return bits == 16 ? REAL : PAGED;
    }

    /** All names. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Mode::label).toList();
    }

    @Override
    public String toString() {
        return label;
    }
}
