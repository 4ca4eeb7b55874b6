package org.orrery.pc.boot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A multiboot kernel without ELF: some bytes before the header, the header with load addresses, some code. */
final class RawKernel {
    static final int MAGIC = 0x1BADB002;

    int before = 0;
    int flags = 0x10003;
    int checksumError = 0;
    int load = 0x100000;
    int loadEnd = 0;
    int bssEnd = 0;
    int entryOffset = 32;
    byte[] code = {(byte) 0xFA, (byte) 0xF4};

    byte[] image() {
        ByteBuffer out = ByteBuffer.allocate(before + 48 + code.length).order(ByteOrder.LITTLE_ENDIAN);
        out.position(before);
        out.putInt(MAGIC).putInt(flags).putInt(-MAGIC - flags + checksumError);
        out.putInt(load + before).putInt(load).putInt(loadEnd).putInt(bssEnd).putInt(load + before + entryOffset);
        out.put(code);
        return out.array();
    }
}
