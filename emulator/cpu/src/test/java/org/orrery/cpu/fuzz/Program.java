package org.orrery.cpu.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A sequence of instructions with all that it needs.
 *
 * @param seed what it was generated from
 * @param scenario where it runs, in words
 * @param code how its code is seen
 * @param image memory at the beginning, with prologue, tables, code and data
 * @param steps the instructions in the order in which they are executed
 * @param until linear address at which the program ends, or {@link #NOWHERE}
 */
record Program(long seed, String scenario, Layout.View code, byte[] image, List<Step> steps, int until) {
    /** Stands for the end of a program that ends by an exception. */
    static final int NOWHERE = -1;

    private static final byte NOP = (byte) 0x90;

    /**
     * An instruction in place.
     *
     * @param linear address
     * @param code32 whether it is executed as 32-bit code
     * @param anyFlags flags that may be anything after it
     * @param open whether the next belongs to it, and takes away what may be different
     */
    record Step(int linear, byte[] bytes, boolean code32, int anyFlags, boolean open) {
        Step withOpen() {
            return new Step(linear, bytes, code32, anyFlags, true);
        }
    }

    /** Flags that may be anything at the end. */
    int anyFlags() {
        return steps.get(steps.size() - 1).anyFlags();
    }

    /** The first instructions of this program. */
    Program first(int count) {
        int end = count < steps.size() ? steps.get(count).linear() : until;
        return new Program(seed, scenario, code, image, steps.subList(0, count), end);
    }

    /** This program without an instruction, in whose place there are NOPs; null if it is a jump, or belongs to the one before. */
    Program without(int index) {
        Step step = steps.get(index);
        if (index > 0 && steps.get(index - 1).open()
                || index + 1 == steps.size()
                || steps.get(index + 1).linear() != step.linear() + step.bytes().length) {
            return null;
        }
        byte[] changed = image.clone();
        for (int i = 0; i < step.bytes().length; i++) {
            int at = step.linear() + i - code.linear();
            changed[code.pageAddress(at / Layout.PAGE) + at % Layout.PAGE] = NOP;
        }
        byte[] nops = new byte[step.bytes().length];
        Arrays.fill(nops, NOP);
        List<Step> others = new ArrayList<>(steps);
        others.set(index, new Step(step.linear(), nops, step.code32(), step.anyFlags(), false));
        return new Program(seed, scenario, code, changed, others, until);
    }

    /** Whether an instruction was taken out by {@link #without}. */
    boolean isOut(int index) {
        return steps.get(index).bytes()[0] == NOP;
    }
}
