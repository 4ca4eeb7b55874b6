package org.orrery.cpu.fuzz;

import java.util.Set;
import org.orrery.isa.Form;
import org.orrery.isa.Operand;

/** What the instructions of the x87 want of its stack and do to memory. */
final class X87Forms {
    /** Bytes of the eight registers in memory. */
    static final int REGISTERS = 80;

    private static final Set<String> CONTROL = Set.of(
            "FLDENV", "FLDCW", "FNSTENV", "FNSTCW", "FNOP", "FDECSTP", "FINCSTP", "FNENI", "FNDISI", "FNCLEX", "FNINIT",
            "FSETPM", "FRSTOR", "FNSAVE", "FNSTSW");
    private static final Set<String> CONSTANTS =
            Set.of("FLD1", "FLDL2T", "FLDL2E", "FLDPI", "FLDLG2", "FLDLN2", "FLDZ");
    private static final Set<String> LOADS = Set.of("FLD", "FILD", "FBLD");
    private static final Set<String> FREES = Set.of("FFREE", "FFREEP");
    private static final Set<String> TWO_OPERANDS =
            Set.of("FCOMPP", "FUCOMPP", "FSCALE", "FPREM", "FPREM1", "FYL2X", "FYL2XP1", "FPATAN");
    private static final Set<String> TWO_RESULTS = Set.of("FXTRACT", "FPTAN", "FSINCOS");
    private static final Set<String> STORES =
            Set.of("FST", "FSTP", "FIST", "FISTP", "FBSTP", "FNSTENV", "FNSTCW", "FNSAVE", "FNSTSW");

    private X87Forms() {}

    static boolean is(Form form) {
        return form.encoding().charAt(0) == 'D' && form.encoding().charAt(1) >= '8';
    }

    /** Bytes of the environment in memory. */
    static int environment(boolean operand32) {
        return operand32 ? 28 : 14;
    }

    static boolean stores(Form form) {
        return STORES.contains(form.mnemonic());
    }

    /** Needs ST(7) to be empty. */
    static boolean pushes(Form form) {
        String mnemonic = form.mnemonic();
        return LOADS.contains(mnemonic) || CONSTANTS.contains(mnemonic) || TWO_RESULTS.contains(mnemonic);
    }

    /** Needs ST to hold something. */
    static boolean readsTop(Form form) {
        String mnemonic = form.mnemonic();
        boolean other = CONTROL.contains(mnemonic) || FREES.contains(mnemonic) || LOADS.contains(mnemonic);
        return !other && !CONSTANTS.contains(mnemonic);
    }

    /** Needs ST(1) to hold something. */
    static boolean readsNext(Form form) {
        return TWO_OPERANDS.contains(form.mnemonic());
    }

    /** Needs the register that it names to hold something, stores to it among them: see {@code unicorn.departures}. */
    static boolean usesNamed(Form form) {
        return form.operands().contains(Operand.STI) && !FREES.contains(form.mnemonic());
    }
}
