package org.orrery.cli.conform;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.orrery.cpu.MemoryMapped;

/** Memory that knows which bytes were written, so that a capture sees those alone and the next begins with zeros. */
final class CapturedMemory implements MemoryMapped {
    /** Bytes that a processor with 24 address lines can reach. */
    static final int SIZE = 16 << 20;

    private final byte[] bytes = new byte[SIZE];
    private int[] written = new int[64];
    private int count;

    @Override
    public int read(int offset, int size) {
        return peek(offset, size);
    }

    @Override
    public int peek(int offset, int size) {
        int value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | bytes[offset + i] & 0xFF;
        }
        return value;
    }

    @Override
    public void write(int offset, int size, int value) {
        for (int i = 0; i < size; i++) {
            put(offset + i, value >>> 8 * i);
        }
    }

    private void put(int address, int value) {
        if (count == written.length) {
            written = Arrays.copyOf(written, 2 * count);
        }
        written[count++] = address;
        bytes[address] = (byte) value;
    }

    /** Names the bytes written since {@link #clear}, some perhaps more than once. */
    void forEachWritten(IntConsumer action) {
        for (int i = 0; i < count; i++) {
            action.accept(written[i]);
        }
    }

    /** Makes all zero. */
    void clear() {
        forEachWritten(address -> bytes[address] = 0);
        count = 0;
    }
}
