package org.orrery.cpu;

/** What the CPU reads from the task state segment without switching tasks: the stacks of the inner levels. */
final class TaskState {
    private static final int TYPE_32 = 8;

    private final Core c;

    TaskState(Core core) {
        c = core;
    }

    /** Reads SS:ESP of a level into a frame and checks the stack segment; a bad one is an invalid-TSS fault. */
    void beginInner(int level, SegmentLoader loader, StackFrame frame) {
        Segments seg = c.seg;
        boolean wide = (seg.rights[Segments.TR] & TYPE_32) != 0;
        int at = wide ? 4 + 8 * level : 2 + 4 * level;
        int size = wide ? 6 : 4;
        if (Integer.compareUnsigned(at + size - 1, seg.limit[Segments.TR]) > 0) {
            throw c.fault.of(GuestFault.TS, seg.selector[Segments.TR] & ~3);
        }
        int linear = seg.base[Segments.TR] + at;
        int esp;
        int ss;
        if (wide) {
            esp = c.mmu.systemRead32(linear);
            ss = c.mmu.systemRead16(linear + 4);
        } else {
            esp = c.mmu.systemRead16(linear);
            ss = c.mmu.systemRead16(linear + 2);
        }
        loader.readStack(ss, level, GuestFault.TS, frame.segment);
        frame.inner(esp, level);
    }
}
