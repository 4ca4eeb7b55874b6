package org.orrery.cpu.state;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes named, typed fields. The format of a field is: length of name, name, type letter, number of elements, big-endian elements. */
public final class StateWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Begins the fields of a part. */
    public void section(String name) {
        header(name, 'S', 0);
    }

    public void put(String name, int value) {
        putInts(name, new int[] {value});
    }

    public void put(String name, boolean value) {
        put(name, value ? 1 : 0);
    }

    public void put(String name, long value) {
        putLongs(name, new long[] {value});
    }

    public void putInts(String name, int[] values) {
        header(name, 'I', values.length);
        ByteBuffer b = ByteBuffer.allocate(values.length * Integer.BYTES);
        b.asIntBuffer().put(values);
        out.writeBytes(b.array());
    }

    public void putLongs(String name, long[] values) {
        header(name, 'L', values.length);
        ByteBuffer b = ByteBuffer.allocate(values.length * Long.BYTES);
        b.asLongBuffer().put(values);
        out.writeBytes(b.array());
    }

    public void putBytes(String name, byte[] values) {
        header(name, 'B', values.length);
        out.writeBytes(values);
    }

    private void header(String name, char type, int count) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer b = ByteBuffer.allocate(2 + text.length + 1 + 4);
        b.putShort((short) text.length).put(text).put((byte) type).putInt(count);
        out.writeBytes(b.array());
    }

    /** All that was written so far. */
    public byte[] toByteArray() {
        return out.toByteArray();
    }
}
