package org.orrery.pc.boot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A small ELF executable with one segment, which begins with a multiboot header or with code. */
final class ElfFile {
    private static final int HEADERS = 52 + 32;

    int virtual = 0xC0100000;
    int physical = 0x100000;
    int entry = 0xC0100000;
    int zeros = 0x800;
    byte[] contents = {};

    byte[] image() {
        ByteBuffer out = ByteBuffer.allocate(HEADERS + contents.length).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0x464C457F).put((byte) 1).put((byte) 1).put((byte) 1).position(16);
        out.putShort((short) 2)
                .putShort((short) 3)
                .putInt(1)
                .putInt(entry)
                .putInt(52)
                .putInt(0)
                .putInt(0);
        out.putShort((short) 52).putShort((short) 32).putShort((short) 1);
        out.putShort((short) 40).putShort((short) 0).putShort((short) 0);
        out.putInt(1).putInt(HEADERS).putInt(virtual).putInt(physical);
        out.putInt(contents.length).putInt(contents.length + zeros).putInt(7).putInt(4);
        out.put(contents);
        return out.array();
    }
}
