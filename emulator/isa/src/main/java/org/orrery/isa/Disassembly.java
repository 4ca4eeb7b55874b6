package org.orrery.isa;

/**
 * One line of disassembled code.
 *
 * @param length bytes that it stands for, at least 1
 * @param text the instruction, or {@code db 0x..} for a byte that begins none
 */
public record Disassembly(int length, String text) {}
