package org.orrery.isa;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A memory operand as bytes from ModR/M on, with the reg field zero, and what it means. */
record AddressSample(byte[] bytes, int base, int index, int scale, int displacement, int displacementSize) {
    private static final int NONE = Instruction.NO_REGISTER;
    /** Base and index of 16-bit addresses by rm. */
    private static final int[][] PAIRS = {{3, 6}, {3, 7}, {5, 6}, {5, 7}, {6, NONE}, {7, NONE}, {5, NONE}, {3, NONE}};

    /** All combinations of mod and rm, and of base, index and scale. */
    static List<AddressSample> all(boolean address32) {
        List<AddressSample> samples = new ArrayList<>();
        for (int mod = 0; mod < 3; mod++) {
            for (int rm = 0; rm < 8; rm++) {
                if (!address32) {
                    boolean direct = mod == 0 && rm == 6;
                    samples.add(of(mod << 6 | rm, -1, direct ? NONE : PAIRS[rm][0], PAIRS[rm][1], 0, direct ? 2 : mod));
                } else if (rm == 4) {
                    addSibs(mod, samples);
                } else {
                    boolean direct = mod == 0 && rm == 5;
                    samples.add(of(mod << 6 | rm, -1, direct ? NONE : rm, NONE, 0, direct ? 4 : size32(mod)));
                }
            }
        }
        return samples;
    }

    private static void addSibs(int mod, List<AddressSample> samples) {
        for (int sib = 0; sib < 0x100; sib++) {
            int base = sib & 7;
            int index = sib >> 3 & 7;
            boolean direct = mod == 0 && base == 5;
            samples.add(of(
                    mod << 6 | 4,
                    sib,
                    direct ? NONE : base,
                    index == 4 ? NONE : index,
                    index == 4 ? 0 : sib >> 6,
                    direct ? 4 : size32(mod)));
        }
    }

    private static int size32(int mod) {
        return mod == 2 ? 4 : mod;
    }

    private static AddressSample of(int modRm, int sib, int base, int index, int scale, int size) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(modRm);
        if (sib >= 0) {
            bytes.write(sib);
        }
        int displacement = size == 0 ? 0 : size == 1 ? -0x66 : size == 2 ? -0x6655 : -0x66554433;
        for (int n = 0; n < size; n++) {
            bytes.write(displacement >> 8 * n);
        }
        return new AddressSample(bytes.toByteArray(), base, index, scale, displacement, size);
    }
}
