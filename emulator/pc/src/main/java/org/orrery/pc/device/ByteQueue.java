package org.orrery.pc.device;

import java.util.ArrayDeque;

/** Bytes that wait for a device to take them. */
final class ByteQueue {
    private final ArrayDeque<Byte> bytes = new ArrayDeque<>();

    boolean isEmpty() {
        return bytes.isEmpty();
    }

    void add(int value) {
        bytes.add((byte) value);
    }

    void addAll(byte[] values) {
        for (byte b : values) {
            bytes.add(b);
        }
    }

    /** The oldest byte, 0 to 255. */
    int remove() {
        return bytes.remove() & 0xFF;
    }

    void clear() {
        bytes.clear();
    }

    byte[] toArray() {
        byte[] all = new byte[bytes.size()];
        int i = 0;
        for (byte b : bytes) {
            all[i++] = b;
        }
        return all;
    }

    void set(byte[] values) {
        clear();
        addAll(values);
    }
}
