package org.orrery.isa.asm;

/**
 * A line of source.
 *
 * @param file as the source resolver names it
 * @param line from 1; for a line that came out of macros, the line of the outermost call
 * @param macro where in which macro the line stands, as {@code NAME (file:line)}, or empty
 */
public record Location(String file, int line, String macro) {
    /** Where code comes from that no source file holds. */
    public static final Location NONE = new Location("generated", 0, "");

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
