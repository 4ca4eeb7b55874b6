package org.orrery.cpu.x87;

import static org.orrery.cpu.x87.Extended.BIAS;
import static org.orrery.cpu.x87.Extended.EXPONENT;
import static org.orrery.cpu.x87.Extended.SIGN;
import static org.orrery.cpu.x87.Extended.isInfinite;
import static org.orrery.cpu.x87.Extended.isZero;
import static org.orrery.cpu.x87.Extended.normalExponent;
import static org.orrery.cpu.x87.Extended.normalMantissa;

/** FSCALE and the two halves of FXTRACT. */
public final class Scaling {
    /** Scaling by more than this overflows or underflows whatever is scaled, even with an adjusted bias. */
    private static final int BEYOND = 0x1_0000;

    private Scaling() {}

    /** a * 2^n, where n is b without its fraction. */
    public static void scale(Context c, int ae, long am, int be, long bm) {
        if (c.notNumbers(ae, am, be, bm)) {
            return;
        }
        int sign = ae & SIGN;
        boolean down = (be & SIGN) != 0;
        boolean byInfinity = isInfinite(be, bm);
        if (byInfinity && (down ? isInfinite(ae, am) : isZero(ae, am))) {
            c.invalid();
        } else if (c.denormal(ae, am, be, bm)) {
            return;
        } else if (isInfinite(ae, am) || am == 0) {
            c.set(ae, am);
        } else if (byInfinity) {
            c.set(down ? sign : sign | EXPONENT, down ? 0 : Extended.INTEGER_BIT);
        } else {
            c.roundFully(sign, normalExponent(ae, am) + power(be, bm), normalMantissa(am), 0);
        }
    }

    /** A finite number without its fraction, limited to where more makes no difference. */
    private static int power(int e, long m) {
        int exponent = (e & EXPONENT) - BIAS;
        if (exponent < 0) {
            return 0;
        }
        int magnitude = exponent > 15 ? BEYOND : (int) (m >>> 63 - exponent);
        return (e & SIGN) != 0 ? -magnitude : magnitude;
    }

    /** The exponent of a number as a value: what FXTRACT leaves in ST(1). That of zero is a division by zero. */
    public static void exponent(Context c, int e, long m) {
        if (c.notNumber(e, m)) {
            return;
        }
        if (isInfinite(e, m)) {
            c.setInfinity(0);
        } else if (m == 0) {
            c.raise(Context.ZERO_DIVIDE);
            c.setInfinity(SIGN);
        } else if (!c.denormal(e, m)) {
            Formats.fromInteger(c, normalExponent(e, m) - BIAS);
        }
    }

    /** The significand of a number, with an exponent of 0: what FXTRACT leaves in ST. Call after {@link #exponent}, which reports all there is. */
    public static void significand(Context c, int e, long m) {
        if (!c.notNumber(e, m)) {
            boolean finite = (e & EXPONENT) != EXPONENT && m != 0;
            c.set(finite ? e & SIGN | BIAS : e, finite ? normalMantissa(m) : m);
        }
    }
}
