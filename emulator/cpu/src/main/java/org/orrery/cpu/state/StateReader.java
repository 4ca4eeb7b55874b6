package org.orrery.cpu.state;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link StateWriter} wrote. Each getter names the field it expects; any other name, type or length is a {@link
 * StateException} that says which field was found.
 */
public final class StateReader {
    private final ByteBuffer in;

    public StateReader(byte[] state) {
        in = ByteBuffer.wrap(state);
    }

    /** Expects the beginning of a part. */
    public void section(String name) {
        expect(name, 'S', 0);
    }

    public int getInt(String name) {
        int[] one = new int[1];
        getInts(name, one);
        return one[0];
    }

    public boolean getBoolean(String name) {
        return getInt(name) != 0;
    }

    public long getLong(String name) {
        long[] one = new long[1];
        getLongs(name, one);
        return one[0];
    }

    /** Fills an array of exactly the length that was saved. */
    public void getInts(String name, int[] into) {
        need(expect(name, 'I', into.length) * Integer.BYTES);
        for (int i = 0; i < into.length; i++) {
            into[i] = in.getInt();
        }
    }

    public void getLongs(String name, long[] into) {
        need(expect(name, 'L', into.length) * Long.BYTES);
        for (int i = 0; i < into.length; i++) {
            into[i] = in.getLong();
        }
    }

    public void getBytes(String name, byte[] into) {
        need(expect(name, 'B', into.length));
        in.get(into);
    }

    /** Bytes of any length, for queues and media. */
    public byte[] getBytes(String name) {
        int count = expect(name, 'B', -1);
        need(count);
        byte[] bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }

    private int expect(String name, char type, int count) {
        String found;
        char foundType;
        int foundCount;
        try {
            int length = Short.toUnsignedInt(in.getShort());
            need(length + 5);
            byte[] text = new byte[length];
            in.get(text);
            found = new String(text, StandardCharsets.UTF_8);
            foundType = (char) in.get();
            foundCount = in.getInt();
        } catch (BufferUnderflowException e) {
            throw new StateException("snapshot ends before field '" + name + "'");
        }
        if (!found.equals(name) || foundType != type) {
            throw new StateException("snapshot has field '" + found + "' where '" + name + "' was expected");
        }
        if (count >= 0 && foundCount != count) {
            throw new StateException(
                    "snapshot field '" + name + "' has " + foundCount + " elements where this machine has " + count);
        }
        return foundCount;
    }

    private void need(int bytes) {
        if (bytes < 0 || in.remaining() < bytes) {
            throw new StateException("snapshot is truncated");
        }
    }
}
