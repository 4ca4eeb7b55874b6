package org.orrery.cpu.fuzz;

import java.util.SplittableRandom;

/**
 * In what surroundings a sequence runs: mode, sizes, privilege, segments, pages and first values of registers, all drawn at random.
 * Segments are numbered as the CPU does: ES CS SS DS FS GS.
 */
final class Scenario {
    static final int ES = 0;
    static final int CS = 1;
    static final int SS = 2;
    static final int DS = 3;

    private static final int ESP = 4;
    private static final int[] EDGES = {0, 1, -1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000};
    private static final int ARITHMETIC_AND_DIRECTION = 0xCD5;
    private static final int INTERRUPT = 0x200;
    private static final int PRIVILEGE_SHIFT = 12;
    /** The stack is for what the sequence pushes and pops; its pointer begins in the middle of its page. */
    private static final int STACK_TOP = Layout.DATA_SIZE - Layout.PAGE / 2;

    private static final int ENTRY = 16;

    private final SplittableRandom random;
    final boolean protectedMode;
    final boolean code32;
    final boolean stack32;
    final int ring;
    final boolean writeProtect;
    final Layout.View code;
    final Layout.View data;
    /** In real mode a multiple of 16 below 1 MB. */
    final int[] bases = new int[6];

    /** Where code segments of the other size than that of the scenario begin. */
    final int otherCodeBase;

    final int[] general = new int[8];
    final int eflags;
    /** How many of four instructions are drawn from those of the x87. */
    final int x87;

    Scenario(SplittableRandom random) {
        this.random = random;
        protectedMode = random.nextInt(4) != 0;
        code32 = protectedMode && random.nextInt(3) != 0;
        stack32 = protectedMode && random.nextInt(3) != 0;
        ring = protectedMode && random.nextBoolean() ? 3 : 0;
        writeProtect = random.nextBoolean();
        boolean flat = protectedMode && random.nextBoolean();
        boolean wide = code32 && stack32;
        code = protectedMode && !flat ? choose(Layout.SAME_CODE, Layout.CODES) : Layout.SAME_CODE;
        data = protectedMode && (!flat || wide) ? choose(Layout.SAME_DATA, Layout.DATAS) : Layout.SAME_DATA;
        for (int segment = 0; segment < bases.length; segment++) {
            bases[segment] = flat ? 0 : base(segment);
        }
        otherCodeBase = base(CS);
        x87 = random.nextInt(4);
        eflags = random.nextInt() & ARITHMETIC_AND_DIRECTION
                | 2
                | (random.nextBoolean() ? INTERRUPT : 0)
                | random.nextInt(4) << PRIVILEGE_SHIFT;
        for (int i = 0; i < general.length; i++) {
            general[i] = value();
        }
        general[ESP] = data.linear() + STACK_TOP - bases[SS];
    }

    private int base(int segment) {
        int home = segment == CS ? code.linear() : data.linear();
        int below = random.nextInt(Layout.CODE);
        return protectedMode ? home - below : home - below & ~15;
    }

    /** A value that is worth trying: an edge, a small number, anything, or a pointer into the data through DS. */
    int value() {
        return switch (random.nextInt(8)) {
            case 0 -> EDGES[random.nextInt(EDGES.length)];
            case 1 -> random.nextInt(256);
            case 2, 3 -> random.nextInt();
            default -> pointer(DS);
        };
    }

    /** An offset that leads into the data through a segment as it is at the beginning. */
    int pointer(int segment) {
        return data.linear() + random.nextInt(Layout.DATA_SIZE - 16) - bases[segment];
    }

    private Layout.View choose(Layout.View same, Layout.View[] others) {
        return random.nextBoolean() ? same : others[random.nextInt(others.length)];
    }

    /** Offset of the first instruction. */
    int entry() {
        return start() - bases[CS];
    }

    /** Linear address of the first instruction; not the first of its page, since Unicorn reads the byte before. */
    int start() {
        return code.linear() + ENTRY;
    }

    @Override
    public String toString() {
        String mode = protectedMode ? "protected mode, ring " + ring : "real mode";
        String sizes = (code32 ? "32" : "16") + "-bit code, " + (stack32 ? "32" : "16") + "-bit stack";
        return String.format("%s, %s, code at %08x, data at %08x", mode, sizes, code.linear(), data.linear());
    }
}
