package org.orrery.cpu;

/**
 * A stack to push on before it is the current one: the pushes of a far transfer go to memory as they come, but SS and ESP change only when
 * all have succeeded. A fault in between leaves the CPU as it was.
 */
final class StackFrame {
    private final Core c;

    /** The stack segment to come, if it is another one. */
    final Descriptor segment = new Descriptor();

    private boolean switched;
    private int base;
    private long top;
    private boolean down;
    private int mask;
    private int esp;
    private int level;

    StackFrame(Core core) {
        c = core;
    }

    /** Begins on the current stack. */
    void current() {
        Segments seg = c.seg;
        begin(seg.base[Cpu.SS], seg.limit[Cpu.SS], seg.rights[Cpu.SS], c.r[Cpu.ESP], c.cpl);
        switched = false;
    }

    /** Begins on the stack that {@link #segment} describes, for a privilege level. */
    void inner(int stackPointer, int newLevel) {
        begin(segment.base(), segment.limit(), segment.rights(), stackPointer, newLevel);
        switched = true;
    }

    private void begin(int segmentBase, int limit, int rights, int stackPointer, int newLevel) {
        base = segmentBase;
        top = limit & 0xFFFF_FFFFL;
        down = (rights & Segments.EXPAND_CONFORM) != 0;
        mask = (rights & Segments.BIG) != 0 ? ~0 : 0xFFFF;
        esp = stackPointer;
        level = newLevel;
    }

    /** Takes a clock of the figure that the caller has charged with {@link Core#chargeBeforeStores}. */
    void push(int bits, int value) {
        push(bits >> 3, bits, value);
    }

    /**
     * Pushes an error code in a slot of 16 or 32 bits. The i486 writes two bytes of it in either case and leaves the upper half of a wide
     * slot as it was. Source: Intel SDM volume 3, section 22.31, error code pushes.
     */
    void pushErrorCode(int bits, int value) {
        push(bits >> 3, 16, value);
    }

    private void push(int slot, int bits, int value) {
        int bytes = bits >> 3;
        int next = esp & ~mask | esp - slot & mask;
        long first = next & mask & 0xFFFF_FFFFL;
        long last = first + bytes - 1;
        boolean inside = down ? first > top && last <= (mask & 0xFFFF_FFFFL) : last <= top;
        if (!inside) {
            throw c.fault.of(GuestFault.SS, switched ? segment.selector & ~3 : 0);
        }
        if (c.debug.armed()) {
            c.debug.touch(base + (int) first, bytes, true);
        }
        c.ledger.execute(1);
        int saved = c.mmu.user;
        c.mmu.user = level == 3 ? Mmu.BY_USER : 0;
        try {
            if (bits == 32) {
                c.mmu.write32(base + (int) first, value);
            } else {
                c.mmu.write16(base + (int) first, value);
            }
        } finally {
            c.mmu.user = saved;
        }
        esp = next;
    }

    /** Makes this the current stack. */
    void commit(SegmentLoader loader) {
        if (switched) {
            loader.commit(Cpu.SS, segment.selector, segment);
        }
        c.r[Cpu.ESP] = esp;
    }
}
