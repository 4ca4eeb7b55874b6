package org.orrery.cpu;

import org.orrery.cpu.x87.Arctangent;
import org.orrery.cpu.x87.Basic;
import org.orrery.cpu.x87.Comparison;
import org.orrery.cpu.x87.Constants;
import org.orrery.cpu.x87.Context;
import org.orrery.cpu.x87.Extended;
import org.orrery.cpu.x87.Formats;
import org.orrery.cpu.x87.Logarithm;
import org.orrery.cpu.x87.Remainder;
import org.orrery.cpu.x87.Scaling;
import org.orrery.cpu.x87.Trigonometry;

/** The x87 instructions with operands on the stack only: constants, functions of ST, of ST and ST(1), and those with two results. */
final class FpuFunctions {
    private final Fpu f;
    private final Context x;
    private final Trigonometry trigonometry = new Trigonometry();
    private final Logarithm logarithm = new Logarithm();
    private final Arctangent arctangent = new Arctangent();

    FpuFunctions(Fpu fpu, Context context) {
        f = fpu;
        x = context;
    }

    void execute(int operation) {
        if (reportsByC2(operation)) {
            f.setConditions(Fpu.C2, 0);
        }
        if (operation < FpuOp.EXAMINE) {
            constant(operation);
        } else if (operation == FpuOp.EXAMINE) {
            int found = Extended.examine(f.exponent(0), f.mantissa(0));
            f.setConditions(Fpu.C0 | Fpu.C1 | Fpu.C2 | Fpu.C3, f.empty(0) ? found & Fpu.C1 | Fpu.C3 | Fpu.C0 : found);
        } else if (operation == FpuOp.TEST) {
            test();
        } else if (operation < FpuOp.TANGENT) {
            unary(operation);
        } else if (operation < FpuOp.SCALE) {
            twoResults(operation);
        } else {
            binary(operation);
        }
    }

    /** C2 of these says whether the operand was out of range, or the reduction is incomplete. */
    private static boolean reportsByC2(int operation) {
        return operation >= FpuOp.SINE && operation <= FpuOp.SINE_AND_COSINE
                || operation == FpuOp.REMAINDER
                || operation == FpuOp.REMAINDER_NEAREST;
    }

    private void constant(int operation) {
        if (!f.empty(7)) {
            if (f.stackOverflows()) {
                f.push(Extended.INDEFINITE_EXPONENT, Extended.INDEFINITE_MANTISSA);
            }
            return;
        }
        switch (operation) {
            case FpuOp.CONSTANT_1 -> Formats.fromInteger(x, 1);
            case FpuOp.CONSTANT_L2T -> Constants.log2Of10(x);
            case FpuOp.CONSTANT_L2E -> Constants.log2OfE(x);
            case FpuOp.CONSTANT_PI -> Constants.pi(x);
            case FpuOp.CONSTANT_LG2 -> Constants.log10Of2(x);
            case FpuOp.CONSTANT_LN2 -> Constants.lnOf2(x);
            default -> Formats.fromInteger(x, 0);
        }
        f.clearC1();
        f.push(x.exponent, x.mantissa);
    }

    private void test() {
        if (f.empty(0)) {
            f.setConditions(Comparison.UNORDERED, Comparison.UNORDERED);
            f.stackUnderflows();
            return;
        }
        int relation = Comparison.compare(x, f.exponent(0), f.mantissa(0), 0, 0, false);
        f.report(x.raised(), false);
        f.setConditions(Comparison.UNORDERED, relation);
    }

    private void unary(int operation) {
        if (f.empty(0)) {
            underflow(0, 0);
            return;
        }
        int e = f.exponent(0);
        long m = f.mantissa(0);
        switch (operation) {
            case FpuOp.CHANGE_SIGN -> put(e ^ Extended.SIGN, m);
            case FpuOp.ABSOLUTE -> put(e & ~Extended.SIGN, m);
            case FpuOp.SQUARE_ROOT -> Basic.squareRoot(x, e, m);
            case FpuOp.ROUND -> Formats.toIntegral(x, e, m);
            case FpuOp.POWER_OF_2 -> logarithm.powerOf2Minus1(x, e, m);
            case FpuOp.SINE -> trigonometry.sine(x, e, m);
            default -> trigonometry.cosine(x, e, m);
        }
        deliver(0, 0);
        if (x.incomplete) {
            f.setConditions(Fpu.C2, Fpu.C2);
        }
    }

    private void put(int e, long m) {
        x.exponent = e;
        x.mantissa = m;
    }

    /** Puts the result where it belongs, if there is one, and pops. */
    private void deliver(int target, int pops) {
        f.report(x.raised(), x.roundedUp);
        if (!x.suppressed()) {
            f.set(target, x.exponent, x.mantissa);
            f.pop(pops);
        }
    }

    private void underflow(int target, int pops) {
        if (f.stackUnderflows()) {
            f.set(target, Extended.INDEFINITE_EXPONENT, Extended.INDEFINITE_MANTISSA);
            f.pop(pops);
        }
    }

    /** FPTAN, FSINCOS, FXTRACT: one result replaces ST, another is pushed. */
    private void twoResults(int operation) {
        if (f.empty(0) || !f.empty(7)) {
            boolean masked = f.empty(0) ? f.stackUnderflows() : f.stackOverflows();
            if (masked) {
                f.set(0, Extended.INDEFINITE_EXPONENT, Extended.INDEFINITE_MANTISSA);
                f.push(Extended.INDEFINITE_EXPONENT, Extended.INDEFINITE_MANTISSA);
            }
            return;
        }
        int e = f.exponent(0);
        long m = f.mantissa(0);
        first(operation, e, m);
        f.report(x.raised(), x.roundedUp);
        if (x.incomplete) {
            f.setConditions(Fpu.C2, Fpu.C2);
            return;
        }
        if (x.suppressed()) {
            return;
        }
        f.set(0, x.exponent, x.mantissa);
        second(operation, e, m);
        f.report(x.raised(), x.roundedUp);
        f.push(x.exponent, x.mantissa);
    }

    private void first(int operation, int e, long m) {
        switch (operation) {
            case FpuOp.TANGENT -> trigonometry.tangent(x, e, m);
            case FpuOp.SINE_AND_COSINE -> trigonometry.sine(x, e, m);
            default -> Scaling.exponent(x, e, m);
        }
    }

    /** What is pushed; for a tangent that is no number, the same again instead of 1. */
    private void second(int operation, int e, long m) {
        switch (operation) {
            case FpuOp.TANGENT -> {
                if ((x.exponent & Extended.EXPONENT) != Extended.EXPONENT) {
                    Formats.fromInteger(x, 1);
                }
            }
            case FpuOp.SINE_AND_COSINE -> trigonometry.cosine(x, e, m);
            default -> Scaling.significand(x, e, m);
        }
    }

    private void binary(int operation) {
        boolean popping = operation >= FpuOp.LOGARITHM;
        int target = popping ? 1 : 0;
        int pops = popping ? 1 : 0;
        if (f.empty(0) || f.empty(1)) {
            underflow(target, pops);
            return;
        }
        int ae = f.exponent(0);
        long am = f.mantissa(0);
        int be = f.exponent(1);
        long bm = f.mantissa(1);
        switch (operation) {
            case FpuOp.SCALE -> Scaling.scale(x, ae, am, be, bm);
            case FpuOp.REMAINDER -> Remainder.truncating(x, ae, am, be, bm);
            case FpuOp.REMAINDER_NEAREST -> Remainder.nearest(x, ae, am, be, bm);
            case FpuOp.LOGARITHM -> logarithm.yLog2X(x, ae, am, be, bm);
            case FpuOp.LOGARITHM_PLUS_1 -> logarithm.yLog2XPlus1(x, ae, am, be, bm);
            default -> arctangent.arctangent(x, be, bm, ae, am);
        }
        deliver(target, pops);
        if (x.quotient >= 0) {
            f.setConditions(Fpu.C0 | Fpu.C1 | Fpu.C2 | Fpu.C3, quotientBits());
        }
    }

    /** C0, C3 and C1 are the low bits of the quotient, from the third to the first; C2 says that there is more to reduce. */
    private int quotientBits() {
        return ((x.quotient & 4) != 0 ? Fpu.C0 : 0)
                | ((x.quotient & 2) != 0 ? Fpu.C3 : 0)
                | ((x.quotient & 1) != 0 ? Fpu.C1 : 0)
                | (x.incomplete ? Fpu.C2 : 0);
    }
}
