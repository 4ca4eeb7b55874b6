package org.orrery.cli.conform;

/**
 * One instruction as hardware executed it: the state before, and what is different after the HLT that follows it, or that stands where it
 * jumped to. The address of the pushed flags that the collection gives is not here, since it is one too low where SP is odd.
 *
 * @param index its number in the collection that it was drawn from
 * @param name the instruction in words
 * @param code the bytes of the instruction and of the HLT that follows it
 * @param exception the vector that was entered, or -1
 */
record Capture(int index, String name, byte[] code, ProcessorState before, ProcessorState after, int exception) {

    /** A register after the instruction. */
    int expected(Register register) {
        Integer changed = after.registers().get(register);
        return changed == null ? before.get(register) : changed;
    }

    /** A byte of memory before the instruction; what a capture does not mention is zero. */
    int byteBefore(int address) {
        return before.memory().getOrDefault(address, 0);
    }
}
