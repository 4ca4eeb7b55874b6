package org.orrery.cpu;

/** A segment descriptor or gate as it was read from a table, taken apart. One object is filled again and again. */
final class Descriptor {
    private static final int NOT_SYSTEM = Segments.NOT_SYSTEM;

    int selector;
    /** Linear address of the descriptor. */
    int at;

    int low;
    int high;

    /** Takes what was read from a table. */
    void set(long descriptor) {
        low = (int) descriptor;
        high = (int) (descriptor >>> 32);
    }

    int base() {
        return low >>> 16 | (high & 0xFF) << 16 | high & 0xFF00_0000;
    }

    /** The limit in bytes, granularity applied. */
    int limit() {
        int limit = low & 0xFFFF | high & 0xF_0000;
        return (rights() & Segments.GRANULAR) != 0 ? limit << 12 | 0xFFF : limit;
    }

    /** The rights in the form that {@link Segments} keeps. */
    int rights() {
        return high >>> 8 & 0xF0FF;
    }

    int dpl() {
        return high >>> 13 & 3;
    }

    boolean present() {
        return (high & 1 << 15) != 0;
    }

    /** The type of a system descriptor, 0 to 15. */
    int systemType() {
        return high >>> 8 & 15;
    }

    boolean system() {
        return (rights() & NOT_SYSTEM) == 0;
    }

    boolean code() {
        return (rights() & (NOT_SYSTEM | Segments.CODE)) == (NOT_SYSTEM | Segments.CODE);
    }

    boolean conforming() {
        return code() && (rights() & Segments.EXPAND_CONFORM) != 0;
    }

    boolean readable() {
        return !system() && (!code() || (rights() & Segments.READ_WRITE) != 0);
    }

    boolean writable() {
        return !system() && !code() && (rights() & Segments.READ_WRITE) != 0;
    }

    /** Of a gate: the selector it leads to. */
    int gateSelector() {
        return low >>> 16;
    }

    /** Of a gate: the offset it leads to, 16 or 32 bits by its type. */
    int gateOffset() {
        return gate32() ? high & 0xFFFF_0000 | low & 0xFFFF : low & 0xFFFF;
    }

    boolean gate32() {
        return (systemType() & 8) != 0;
    }

    /** Of a call gate: how many words or dwords it copies. */
    int gateParameters() {
        return high & 31;
    }
}
