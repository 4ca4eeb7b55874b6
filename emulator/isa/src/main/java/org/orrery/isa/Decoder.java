package org.orrery.isa;

/** Decodes i486 machine code by the table. Allocates nothing; holds no state between calls. */
public final class Decoder {
    /** The bytes end before the instruction does. */
    public static final int TRUNCATED = -1;
    /** No form has these bytes. */
    public static final int INVALID = -2;
    /** The instruction is longer than the i486's 15 bytes. */
    public static final int TOO_LONG = -3;

    public Decoder(InstructionSet instructionSet) {}

    /**
     * Decodes one instruction.
     *
     * @param code the bytes
     * @param at index of the first byte of the instruction
     * @param end index after the last byte that may be read
     * @param code32 default operand and address size: 32 bits if true (the D bit of CS), else 16
     * @param out filled if the return value is positive
     * @return the length in bytes, or {@link #TRUNCATED}, {@link #INVALID} or {@link #TOO_LONG}
     */
    public int decode(byte[] code, int at, int end, boolean code32, Instruction out) {
        throw new UnsupportedOperationException("not yet");
    }
}
