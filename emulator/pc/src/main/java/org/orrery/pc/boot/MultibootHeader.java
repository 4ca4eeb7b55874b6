package org.orrery.pc.boot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The header by which a file says that it is a multiboot 1 kernel. Source: Multiboot Specification 0.6.96, section 3.1.
 *
 * @param offset of the header in the file, in bytes
 * @param flags requirements; bit 16 makes the addresses valid
 * @param headerAddress where the header is to be in memory
 * @param loadAddress where the text begins
 * @param loadEnd where the data ends, 0 for the whole file
 * @param bssEnd where the zeros after the data end, 0 for none
 * @param entry where to start
 */
record MultibootHeader(
        int offset, int flags, long headerAddress, long loadAddress, long loadEnd, long bssEnd, long entry) {
    private static final int MAGIC = 0x1BADB002;
    private static final int SEARCHED = 8192;
    private static final int SHORT_LENGTH = 12;
    private static final int WITH_ADDRESSES = 32;
    private static final int WITH_VIDEO = 48;
    private static final int FLAG_VIDEO = 4;
    private static final int FLAG_ADDRESSES = 1 << 16;
    /** Page-aligned modules and memory information are always given; of video modes there is text. */
    private static final int KNOWN = 7;

    private static final int TEXT_MODE = 1;

    boolean hasAddresses() {
        return (flags & FLAG_ADDRESSES) != 0;
    }

    /**
     * Finds the header in a file.
     *
     * @throws BootException if there is one that is broken or asks for what this loader cannot do
     */
    static Optional<MultibootHeader> find(String file, byte[] image) {
        ByteBuffer in = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        int end = Math.min(image.length, SEARCHED);
        int broken = -1;
        for (int at = 0; at + SHORT_LENGTH <= end; at += 4) {
            if (in.getInt(at) == MAGIC) {
                if (in.getInt(at) + in.getInt(at + 4) + in.getInt(at + 8) == 0) {
                    return Optional.of(read(file, in, at));
                }
                broken = at;
            }
        }
        if (broken >= 0) {
            throw new BootException(
                    file, String.format("the multiboot header at offset %Xh has a wrong checksum", broken));
        }
        return Optional.empty();
    }

    private static MultibootHeader read(String file, ByteBuffer in, int at) {
        int flags = in.getInt(at + 4);
        int unknown = flags & 0xFFFF & ~KNOWN;
        if (unknown != 0) {
            throw new BootException(
                    file,
                    String.format("the multiboot header requires features this loader lacks: flags %04Xh", unknown));
        }
        boolean addresses = (flags & FLAG_ADDRESSES) != 0;
        boolean video = (flags & FLAG_VIDEO) != 0;
        if (in.limit() < at + (video ? WITH_VIDEO : addresses ? WITH_ADDRESSES : SHORT_LENGTH)) {
            throw new BootException(file, "the file ends inside its multiboot header");
        }
        if (video && in.getInt(at + 32) != TEXT_MODE) {
            throw new BootException(file, "the multiboot header asks for a graphics mode; this machine has text only");
        }
        if (!addresses) {
            return new MultibootHeader(at, flags, 0, 0, 0, 0, 0);
        }
        return new MultibootHeader(
                at,
                flags,
                unsigned(in, at + 12),
                unsigned(in, at + 16),
                unsigned(in, at + 20),
                unsigned(in, at + 24),
                unsigned(in, at + 28));
    }

    private static long unsigned(ByteBuffer in, int at) {
        return in.getInt(at) & 0xFFFF_FFFFL;
    }
}
