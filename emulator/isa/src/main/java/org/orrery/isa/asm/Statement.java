package org.orrery.isa.asm;

/**
 * A parsed line.
 *
 * @param label full name, or null
 * @param times how often the body is assembled, or null for once
 */
record Statement(Line line, Label label, Expr times, Body body) {
    /**
     * A label and where it stands.
     *
     * @param bare without a colon
     */
    record Label(String name, int column, boolean bare) {}

    Location location() {
        return line.location();
    }
}
