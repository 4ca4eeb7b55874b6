package org.orrery.cpu.fuzz;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.orrery.cpu.Bench;
import org.orrery.cpu.Cpu;
import org.orrery.isa.Instruction;

/** What a generator must know of the CPU's present state: where the data is through each segment, and where code can go. */
final class Surroundings {
    private static final int CODE_BIT = 1 << 3;
    private static final int EXPAND_DOWN_BIT = 1 << 2;
    private static final int READ_WRITE_BIT = 1 << 1;
    private static final int MEMORY_SEGMENT = 0x90;
    /** Free bytes that a place for code must have: FNSTENV with all that must follow it is the longest. */
    static final int ROOM = 112;

    private static final int TRIES = 40;
    /** Bytes on either side of the stack pointer that pushes and pops may use. */
    private static final int STACK_ROOM = 0x200;

    private final Bench bench;
    private final Cpu cpu;
    private final Layout.View code;
    private final Layout.View data;
    private final SplittableRandom random;
    private final BitSet taken = new BitSet(Layout.CODE_SIZE);

    Surroundings(Bench bench, Scenario scenario, SplittableRandom random) {
        this.bench = bench;
        this.cpu = bench.cpu();
        code = scenario.code;
        data = scenario.data;
        this.random = random;
    }

    int register(int number) {
        return number == Instruction.NO_REGISTER ? 0 : cpu.register(number);
    }

    /** Whether an operand at an offset of a segment lies in the data and may be accessed, as far as segments go. */
    boolean accessible(int segment, int offset, int size, boolean write) {
        int rights = cpu.segmentRights(segment);
        boolean code = (rights & CODE_BIT) != 0;
        boolean readWrite = (rights & READ_WRITE_BIT) != 0;
        boolean allowed = !bench.protectedMode() || (write ? !code && readWrite : !code || readWrite);
        boolean usual = (rights & MEMORY_SEGMENT) == MEMORY_SEGMENT && (code || (rights & EXPAND_DOWN_BIT) == 0);
        long last = (offset & 0xFFFF_FFFFL) + size - 1;
        return allowed
                && usual
                && last <= (cpu.segmentLimit(segment) & 0xFFFF_FFFFL)
                && inData(cpu.segmentBase(segment) + offset, size);
    }

    private boolean inData(int linear, int size) {
        int at = linear - data.linear();
        return at >= 0 && at <= Layout.DATA_SIZE - size;
    }

    /** An offset in a segment that leads to data, often next to the end of a dword, line or page. */
    int dataOffset(int segment, int size) {
        int at = random.nextInt(Layout.DATA_SIZE - 2 * size);
        if (random.nextInt(4) == 0) {
            at = (at | 0xFFF) - random.nextInt(size + 1);
        } else if (random.nextBoolean()) {
            at &= -size;
        }
        at = Math.min(at, Layout.DATA_SIZE - size);
        return data.linear() + at - cpu.segmentBase(segment);
    }

    /** The stack pointer as an offset. */
    int stackOffset() {
        return cpu.register(Cpu.ESP) & stackMask();
    }

    int stackMask() {
        return bench.bigStack() ? ~0 : 0xFFFF;
    }

    boolean stackUsable() {
        int offset = stackOffset();
        return accessible(Cpu.SS, offset - STACK_ROOM, 2 * STACK_ROOM, true) && (offset & 0xFFFF_FFFFL) > STACK_ROOM;
    }

    /** Whether pushes stay in the page that is for them, which is always usable. */
    boolean stackInItsPage() {
        int at = cpu.segmentBase(Cpu.SS) + stackOffset() - data.linear() - (Layout.DATA_SIZE - Layout.PAGE);
        return at >= STACK_ROOM && at < Layout.PAGE;
    }

    /** A value for ESP in the middle of the stack's page. */
    int goodStack() {
        return data.linear() + Layout.DATA_SIZE - Layout.PAGE / 2 - random.nextInt(16) - cpu.segmentBase(Cpu.SS);
    }

    int eip() {
        return cpu.eip();
    }

    /** Whether the next bytes of code are free. */
    boolean roomHere() {
        return free(bench.linearEip() - code.linear());
    }

    private boolean free(int at) {
        int next = taken.nextSetBit(Math.max(at, 0));
        return at >= 0 && at + ROOM <= Layout.CODE_SIZE && (next < 0 || next >= at + ROOM);
    }

    void take(int linear, int bytes) {
        taken.set(linear - code.linear(), linear - code.linear() + bytes);
    }

    /** An offset in the code segment where code can go, after an offset within short reach of it; -1 if none was found. */
    int freeCodeNear(int from, int reach) {
        return freeCode(cpu.segmentBase(Cpu.CS), from, reach, from);
    }

    /** An offset in the code segment where code can go, not where the next instructions will be; -1 if none was found. */
    int freeCode() {
        return freeCode(cpu.segmentBase(Cpu.CS));
    }

    /** Likewise in a code segment that begins at a linear address. */
    int freeCode(int base) {
        int hereEnds = bench.linearEip() + ROOM - base;
        return freeCode(base, code.linear() - base, Layout.CODE_SIZE - ROOM, hereEnds);
    }

    private int freeCode(int base, int from, int reach, int hereEnds) {
        for (int i = 0; i < TRIES; i++) {
            int offset = from + random.nextInt(reach);
            boolean elsewhere = base + offset + ROOM <= bench.linearEip() || offset >= hereEnds;
            if (elsewhere && offset >= 0 && offset <= 0xFFFF - ROOM && free(base + offset - code.linear())) {
                return offset;
            }
        }
        return -1;
    }
}
