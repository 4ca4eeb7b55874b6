package org.orrery.cpu.fuzz;

/** Puts little-endian numbers one after another into memory. */
final class Emitter {
    private final byte[] memory;
    private int at;

    Emitter(byte[] memory, int at) {
        this.memory = memory;
        this.at = at;
    }

    Emitter bytes(int... values) {
        for (int value : values) {
            memory[at++] = (byte) value;
        }
        return this;
    }

    Emitter word(int value) {
        return bytes(value, value >> 8);
    }

    Emitter dword(int value) {
        return word(value).word(value >> 16);
    }

    int position() {
        return at;
    }
}
