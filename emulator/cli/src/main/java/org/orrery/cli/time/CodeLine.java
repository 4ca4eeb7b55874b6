package org.orrery.cli.time;

import org.orrery.isa.Instruction;

/**
 * An instruction of a snippet.
 *
 * @param address linear
 * @param label of the address, or empty
 * @param text as in the source if the line is this one instruction's, else disassembled
 * @param line of the source, from 1; 0 if it came from elsewhere
 */
record CodeLine(int address, byte[] bytes, String label, String text, int line, Instruction instruction) {
    /** The instruction and its place, for messages. */
    String described() {
        return text + (line > 0 ? " (line " + line + ")" : "");
    }

    int next() {
        return address + bytes.length;
    }
}
