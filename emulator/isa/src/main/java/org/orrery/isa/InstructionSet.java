package org.orrery.isa;

import java.util.List;

/** The i486 instruction set, read from the resource {@code i486.isa}. Immutable; one instance serves everybody. */
public final class InstructionSet {
    private InstructionSet() {}

    /** The table of the i486, read once. */
    public static InstructionSet i486() {
        throw new UnsupportedOperationException("not yet");
    }

    /** All rows in the order of the table. */
    public List<Form> forms() {
        throw new UnsupportedOperationException("not yet");
    }

    /** All rows of a mnemonic (any case), empty if there is none. */
    public List<Form> forms(String mnemonic) {
        throw new UnsupportedOperationException("not yet");
    }
}
