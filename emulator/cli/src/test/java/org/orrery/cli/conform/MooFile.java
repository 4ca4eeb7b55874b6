package org.orrery.cli.conform;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes files of captures for tests. */
final class MooFile {
    private static final int ALL_REGISTERS = 0x3FFF;
    private static final int IP = 12;

    private MooFile() {}

    /** A file with one capture of an instruction at 0000:1000 with all registers zero, after which those of the mask have these values. */
    static byte[] of(int[] code, int mask, int... after) {
        return bytes(header(1), test(code, mask, after));
    }

    static byte[] header(int captures) {
        return chunk(
                "MOO ",
                ByteBuffer.allocate(12)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(1)
                        .putInt(captures)
                        .put("C286".getBytes(StandardCharsets.ISO_8859_1))
                        .array());
    }

    private static byte[] test(int[] code, int mask, int... after) {
        int[] before = new int[14];
        before[IP] = 0x1000;
        byte[] bytes = new byte[code.length];
        ByteBuffer ram = ByteBuffer.allocate(4 + 5 * code.length).order(ByteOrder.LITTLE_ENDIAN);
        ram.putInt(code.length);
        for (int i = 0; i < code.length; i++) {
            bytes[i] = (byte) code[i];
            ram.putInt(0x1000 + i).put(bytes[i]);
        }
        return chunk(
                "TEST",
                bytes(
                        number(7),
                        chunk("NAME", bytes(number(4), "test".getBytes(StandardCharsets.ISO_8859_1))),
                        chunk("BYTS", bytes(number(bytes.length), bytes)),
                        chunk("INIT", bytes(registers(ALL_REGISTERS, before), chunk("RAM ", ram.array()))),
                        chunk("FINA", registers(mask, after)),
                        chunk("HASH", new byte[20])));
    }

    private static byte[] registers(int mask, int... values) {
        ByteBuffer data = ByteBuffer.allocate(2 + 2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        data.putShort((short) mask);
        for (int value : values) {
            data.putShort((short) value);
        }
        return chunk("REGS", data.array());
    }

    private static byte[] chunk(String name, byte[] data) {
        return bytes(name.getBytes(StandardCharsets.ISO_8859_1), number(data.length), data);
    }

    static byte[] number(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    static byte[] bytes(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
