package org.orrery.cpu.x87;

import static org.orrery.cpu.x87.Extended.EXPONENT;
import static org.orrery.cpu.x87.Extended.SIGN;

/** Comparison; its outcome is given as the condition bits of the status word. */
public final class Comparison {
    public static final int GREATER = 0;
    public static final int LESS = Extended.C0;
    public static final int EQUAL = Extended.C3;
    public static final int UNORDERED = Extended.C0 | Extended.C2 | Extended.C3;

    private Comparison() {}

    /**
     * Compares a with b.
     *
     * @param quiet a quiet NaN makes the operands unordered and nothing more, as in FUCOM
     */
    public static int compare(Context c, int ae, long am, int be, long bm, boolean quiet) {
        if (Extended.isUnsupported(ae, am) || Extended.isUnsupported(be, bm)) {
            c.raise(Context.INVALID);
            return UNORDERED;
        }
        if (Extended.isNaN(ae, am) || Extended.isNaN(be, bm)) {
            if (!quiet || Extended.isSignaling(ae, am) || Extended.isSignaling(be, bm)) {
                c.raise(Context.INVALID);
            }
            return UNORDERED;
        }
        c.denormal(ae, am, be, bm);
        int order = order(ae, am, be, bm);
        return order == 0 ? EQUAL : order < 0 ? LESS : GREATER;
    }

    private static int order(int ae, long am, int be, long bm) {
        if ((am | bm) == 0) {
            return 0;
        }
        boolean negative = (ae & SIGN) != 0;
        if (((ae ^ be) & SIGN) != 0) {
            return negative ? -1 : 1;
        }
        int magnitudes = Integer.compare(binade(ae), binade(be));
        if (magnitudes == 0) {
            magnitudes = Long.compareUnsigned(am, bm);
        }
        return negative ? -magnitudes : magnitudes;
    }

    /** The biased exponent; denormals and pseudo-denormals have that of the least normal numbers. */
    private static int binade(int exponent) {
        return Math.max(1, exponent & EXPONENT);
    }
}
