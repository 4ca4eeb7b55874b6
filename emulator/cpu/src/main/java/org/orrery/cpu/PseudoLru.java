package org.orrery.cpu;

/**
 * The replacement rule that the i486's TLB and cache share: three bits for each set of four ways. B0 says that the last access was to way
 * 0 or 1, B1 to way 0 rather than 1, B2 to way 2 rather than 3. Source: Embedded Intel486 Hardware Reference Manual, section on the
 * cache's replacement; polarity as in {@code penalties.md} section 5.
 */
final class PseudoLru {
    private static final int B0 = 1;
    private static final int B1 = 2;
    private static final int B2 = 4;

    private PseudoLru() {}

    /** The bits after an access to {@code way}. */
    static int touch(int bits, int way) {
        return switch (way) {
            case 0 -> bits | B0 | B1;
            case 1 -> bits & ~B1 | B0;
            case 2 -> bits & ~B0 | B2;
            default -> bits & ~(B0 | B2);
        };
    }

    /** The way to replace when all are valid: two ways are the first half of the tree of four. */
    static int victim(int bits, int ways) {
        if (ways < 4) {
            return ways == 2 && (bits & B1) != 0 ? 1 : 0;
        }
        return victim(bits);
    }

    /** The way to replace when all four are valid. */
    static int victim(int bits) {
        if ((bits & B0) == 0) {
            return (bits & B1) == 0 ? 0 : 1;
        }
        return (bits & B2) == 0 ? 2 : 3;
    }
}
