package org.orrery.cpu;

import java.util.List;
import org.orrery.isa.Clock;
import org.orrery.isa.Form;
import org.orrery.isa.Instruction;
import org.orrery.isa.Operand;

/**
 * The part of translation for the x87. Of the {@link Uop}, {@code sub} and {@code src} are constants of {@link FpuOp}, {@code dst} is the
 * i of ST(i), {@code taken} the clocks during which integer instructions can run, {@code imm} the opcode as the environment shows it, {@code imm2} how many registers are popped.
 */
final class FpuShapes {
    private FpuShapes() {}

    static void shape(Uop u, Instruction in, String mnemonic) {
        u.op = Op.FPU;
        u.sub = operation(mnemonic, u.memory);
        if (u.form.encoding().startsWith("D9 D8")) {
            u.sub = FpuOp.STORE_REGISTER_OR_POP;
        }
        u.src = place(u.form.operands(), mnemonic);
        u.imm = Integer.parseInt(u.form.encoding().substring(0, 2), 16) << 8 & 0x700 | in.modRm;
        u.imm2 = mnemonic.endsWith("PP") ? 2 : mnemonic.endsWith("P") ? 1 : 0;
        int clocks = clocks(u.form, u.memory);
        u.taken = clocks == 0 ? 0 : Math.max(0, u.form.clocks(Clock.CONCURRENT));
        u.clocks = clocks - u.taken;
    }

    /**
     * Clocks that are charged whatever the operands are. Intel publishes a range and a typical figure, but no formula of the operands: the
     * typical figure is charged. FSIN, FCOS and FSINCOS have a range only: its middle is charged (inferred: in a later data sheet, which
     * does give their typical figures, these are within 2 % of the middle). Division depends on the precision control and mode-dependent
     * forms on the mode; they charge for themselves.
     */
    private static int clocks(Form form, boolean memory) {
        int typical = form.clocks(Clock.TYPICAL);
        if (typical >= 0) {
            return typical;
        }
        if (form.clocks(Clock.DOUBLE_PRECISION) >= 0) {
            return 0;
        }
        if (form.mnemonic().startsWith("FSIN") || form.mnemonic().equals("FCOS")) {
            return (form.clocks(Clock.LEAST) + form.clocks(Clock.MOST) + 1) / 2;
        }
        return Math.max(0, form.clocks(memory ? Clock.M : Clock.R));
    }

    private static int place(List<Operand> operands, String mnemonic) {
        if (operands.isEmpty()) {
            return FpuOp.FROM_REGISTER;
        }
        return switch (operands.get(0)) {
            case MR4 -> FpuOp.SINGLE;
            case MR8 -> FpuOp.DOUBLE;
            case MW -> FpuOp.WORD;
            case MD -> FpuOp.DWORD;
            case MQ -> FpuOp.QWORD;
            case MT -> mnemonic.startsWith("FB") ? FpuOp.DECIMAL : FpuOp.EXTENDED;
            case STI -> operands.size() == 2 ? FpuOp.TO_REGISTER : FpuOp.FROM_REGISTER;
            default -> FpuOp.FROM_REGISTER;
        };
    }

    private static int operation(String mnemonic, boolean memory) {
        return switch (mnemonic) {
            case "FADD", "FADDP", "FIADD" -> FpuOp.ADD;
            case "FMUL", "FMULP", "FIMUL" -> FpuOp.MULTIPLY;
            case "FSUB", "FSUBP", "FISUB" -> FpuOp.SUBTRACT;
            case "FSUBR", "FSUBRP", "FISUBR" -> FpuOp.SUBTRACT_REVERSED;
            case "FDIV", "FDIVP", "FIDIV" -> FpuOp.DIVIDE;
            case "FDIVR", "FDIVRP", "FIDIVR" -> FpuOp.DIVIDE_REVERSED;
            case "FCOM", "FCOMP", "FCOMPP", "FICOM", "FICOMP" -> FpuOp.COMPARE;
            case "FUCOM", "FUCOMP", "FUCOMPP" -> FpuOp.COMPARE_QUIETLY;
            case "FLD", "FILD", "FBLD" -> FpuOp.LOAD;
            case "FST", "FSTP", "FIST", "FISTP", "FBSTP" -> memory ? FpuOp.STORE : FpuOp.STORE_REGISTER;
            case "FXCH" -> FpuOp.EXCHANGE;
            case "FFREE", "FFREEP" -> FpuOp.FREE;
            case "FINCSTP" -> FpuOp.ROTATE_UP;
            case "FDECSTP" -> FpuOp.ROTATE_DOWN;
            case "FNOP" -> FpuOp.NOTHING;
            case "FLD1" -> FpuOp.CONSTANT_1;
            case "FLDL2T" -> FpuOp.CONSTANT_L2T;
            case "FLDL2E" -> FpuOp.CONSTANT_L2E;
            case "FLDPI" -> FpuOp.CONSTANT_PI;
            case "FLDLG2" -> FpuOp.CONSTANT_LG2;
            case "FLDLN2" -> FpuOp.CONSTANT_LN2;
            case "FLDZ" -> FpuOp.CONSTANT_0;
            default -> function(mnemonic);
        };
    }

    private static int function(String mnemonic) {
        return switch (mnemonic) {
            case "FXAM" -> FpuOp.EXAMINE;
            case "FTST" -> FpuOp.TEST;
            case "FCHS" -> FpuOp.CHANGE_SIGN;
            case "FABS" -> FpuOp.ABSOLUTE;
            case "FSQRT" -> FpuOp.SQUARE_ROOT;
            case "FRNDINT" -> FpuOp.ROUND;
            case "F2XM1" -> FpuOp.POWER_OF_2;
            case "FSIN" -> FpuOp.SINE;
            case "FCOS" -> FpuOp.COSINE;
            case "FPTAN" -> FpuOp.TANGENT;
            case "FSINCOS" -> FpuOp.SINE_AND_COSINE;
            case "FXTRACT" -> FpuOp.EXTRACT;
            case "FSCALE" -> FpuOp.SCALE;
            case "FPREM" -> FpuOp.REMAINDER;
            case "FPREM1" -> FpuOp.REMAINDER_NEAREST;
            case "FYL2X" -> FpuOp.LOGARITHM;
            case "FYL2XP1" -> FpuOp.LOGARITHM_PLUS_1;
            case "FPATAN" -> FpuOp.ARCTANGENT;
            default -> control(mnemonic);
        };
    }

    private static int control(String mnemonic) {
        return switch (mnemonic) {
            case "WAIT" -> FpuOp.WAIT;
            case "FLDCW" -> FpuOp.LOAD_CONTROL;
            case "FLDENV" -> FpuOp.LOAD_ENVIRONMENT;
            case "FRSTOR" -> FpuOp.RESTORE;
            case "FNINIT" -> FpuOp.INITIALIZE;
            case "FNCLEX" -> FpuOp.CLEAR_EXCEPTIONS;
            case "FNSTCW" -> FpuOp.STORE_CONTROL;
            case "FNSTSW" -> FpuOp.STORE_STATUS;
            case "FNSTENV" -> FpuOp.STORE_ENVIRONMENT;
            case "FNSAVE" -> FpuOp.SAVE;
            case "FNENI", "FNDISI", "FSETPM" -> FpuOp.IGNORED;
            default -> throw new IllegalArgumentException("no x87 operation for " + mnemonic);
        };
    }
}
