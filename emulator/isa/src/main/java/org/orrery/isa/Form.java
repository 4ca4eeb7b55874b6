package org.orrery.isa;

import java.util.List;

/**
 * One instruction form: a row of {@code i486.isa}.
 *
 * @param index the row's place in the table, from 0
 * @param encoding the encoding column as written, for people and for the encoder
 * @param mnemonic in capitals, as in the manual; two rows that differ only by operand size (CBW and CWDE) are two rows
 * @param operands in the manual's order, destination first
 * @param clocks clocks by {@link Clock#ordinal()}; -1 where the row gives none
 * @param flagsRead flags the form depends on, as a mask of EFLAGS
 * @param flagsWritten flags it sets by its result
 * @param flagsUndefined flags it leaves undefined
 * @param faults exceptions it can raise beyond those of fetch, as written in the table
 * @param notes words such as {@code lock}, {@code o16}, {@code protected}
 */
public record Form(
        int index,
        String encoding,
        String mnemonic,
        List<Operand> operands,
        int[] clocks,
        int flagsRead,
        int flagsWritten,
        int flagsUndefined,
        List<String> faults,
        List<String> notes) {

    /**
     * The clocks under a condition.
     *
     * @return CPU clocks, or -1 where the table gives no figure for this condition
     */
    public int clocks(Clock condition) {
        return clocks[condition.ordinal()];
    }

    /** Whether the notes column has this word. */
    public boolean has(String note) {
        return notes.contains(note);
    }
}
