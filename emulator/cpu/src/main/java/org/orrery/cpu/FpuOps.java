package org.orrery.cpu;

import org.orrery.cpu.x87.Basic;
import org.orrery.cpu.x87.Comparison;
import org.orrery.cpu.x87.Context;
import org.orrery.cpu.x87.Extended;
import org.orrery.isa.Clock;

/**
 * Executes the x87 instructions: whether they may run at all, arithmetic, comparison, and what moves registers. Memory operands are read
 * before and written before anything of the x87 changes, so that a fault leaves it as it was.
 *
 * <p>Of the clocks of an instruction the table says during how many integer instructions can run; the next instruction of the x87, WAIT among
 * them, waits for the rest.
 */
final class FpuOps {
    /** Exceptions that the slow functions signal at once on FERR#; see {@link #signalAtOnce}. */
    private static final int BEFORE_RESULT = Context.INVALID | Context.DENORMAL;

    private final Core c;
    private final Fpu f;
    private final Context x = new Context();
    private final FpuMemory memory;
    private final FpuFunctions functions;
    private final FpuControl control;

    FpuOps(Core core) {
        c = core;
        f = core.fpu;
        memory = new FpuMemory(core, x);
        functions = new FpuFunctions(f, x);
        control = new FpuControl(core);
    }

    /** @param address offset of the memory operand, if there is one */
    void execute(Uop u, int address) {
        int disabling = u.sub == FpuOp.WAIT ? Core.CR0_MP | Core.CR0_TS : Core.CR0_EM | Core.CR0_TS;
        int found = c.cr0 & disabling;
        if (u.sub == FpuOp.WAIT ? found == disabling : found != 0) {
            throw c.fault.of(GuestFault.NM, 0);
        }
        if (!f.present) {
            control.executeWithoutFpu(u, address);
            return;
        }
        await(u.clocks);
        if (u.sub >= FpuOp.FIRST_UNCHECKED || !f.pending() || mayGoOn()) {
            executeNow(u, address);
        }
    }

    /**
     * Waits until the instruction before has ended, which could go on while integer instructions ran. {@code charged} is what of this instruction
     * has passed: it begins as much later as it waits.
     */
    private void await(int charged) {
        long left = f.busyUntil + charged - c.ledger.now;
        if (left > 0) {
            c.ledger.charge(Cause.FPU_BUSY, left);
        }
    }

    /**
     * An error waits to be handled. With CR0.NE that is a fault; without it the CPU signals it on FERR# and waits, before this instruction,
     * for the interrupt that the board makes of it, unless the board says by IGNNE# that errors are to be ignored.
     */
    private boolean mayGoOn() {
        if ((c.cr0 & Core.CR0_NE) != 0) {
            throw c.fault.of(GuestFault.MF, 0);
        }
        if (f.ignoresErrors) {
            return true;
        }
        f.signalError();
        c.eip = c.instructionEip;
        c.halted = true;
        c.trapShadow = true;
        c.leaveLoop();
        return false;
    }

    private void executeNow(Uop u, int address) {
        if (u.sub >= FpuOp.FIRST_CONTROL) {
            control.execute(u, address);
            return;
        }
        x.begin(f.control());
        int after = u.clocks == 0 ? chargeDivision(u) : u.taken;
        operate(u, address);
        f.busyUntil = c.ledger.now + after;
        remember(u, address);
        if (f.pending()) {
            signalAtOnce(u.sub);
        }
    }

    private void remember(Uop u, int address) {
        f.opcode = u.imm;
        f.codeOffset = c.instructionEip;
        f.codeSelector = c.seg.selector[Cpu.CS];
        if (u.memory) {
            f.dataOffset = address;
            f.dataSelector = c.seg.selector[u.seg];
        }
    }

    /**
     * Without CR0.NE some errors show on FERR# at once, the others only when the next instruction finds them. At once are all exceptions
     * but inexactness in stores, and invalid and denormal operands of the slow functions. Source: guidelines for exception handlers in Intel's
     * manual (appendix D of volume 1 of 1999 and later), which speaks of the 486 too.
     */
    private void signalAtOnce(int operation) {
        int atOnce = 0;
        if (operation == FpuOp.STORE) {
            atOnce = Context.EXCEPTIONS & ~Context.PRECISION;
        } else if (operation >= FpuOp.FIRST_SLOW) {
            atOnce = BEFORE_RESULT;
        }
        if (f.pending(atOnce) && (c.cr0 & Core.CR0_NE) == 0 && !f.ignoresErrors) {
            f.signalError();
        }
    }

    private void operate(Uop u, int address) {
        switch (u.sub) {
            case FpuOp.ADD,
                    FpuOp.MULTIPLY,
                    FpuOp.SUBTRACT,
                    FpuOp.SUBTRACT_REVERSED,
                    FpuOp.DIVIDE,
                    FpuOp.DIVIDE_REVERSED -> arithmetic(u, address);
            case FpuOp.COMPARE -> compare(u, address, false);
            case FpuOp.COMPARE_QUIETLY -> compare(u, address, true);
            case FpuOp.LOAD -> load(u, address);
            case FpuOp.STORE -> memory.store(u, address);
            case FpuOp.STORE_REGISTER -> storeRegister(u);
            case FpuOp.STORE_REGISTER_OR_POP -> storeRegisterOrPop(u);
            case FpuOp.EXCHANGE -> exchange(u.dst);
            case FpuOp.FREE -> free(u);
            case FpuOp.ROTATE_UP -> rotate(1);
            case FpuOp.ROTATE_DOWN -> rotate(-1);
            case FpuOp.NOTHING -> {}
            default -> functions.execute(u.sub);
        }
    }

    private void arithmetic(Uop u, int address) {
        boolean inMemory = u.src > FpuOp.TO_REGISTER;
        int target = u.src == FpuOp.TO_REGISTER ? u.dst : 0;
        int source = u.src == FpuOp.TO_REGISTER ? 0 : u.dst;
        if (inMemory) {
            memory.readOperand(u, address);
        }
        if (f.empty(target) || !inMemory && f.empty(source)) {
            if (f.stackUnderflows()) {
                f.set(target, Extended.INDEFINITE_EXPONENT, Extended.INDEFINITE_MANTISSA);
                f.pop(u.imm2);
            }
            return;
        }
        int be = inMemory ? x.exponent : f.exponent(source);
        long bm = inMemory ? x.mantissa : f.mantissa(source);
        compute(u.sub, f.exponent(target), f.mantissa(target), be, bm);
        f.report(x.raised(), x.roundedUp);
        if (!x.suppressed()) {
            f.set(target, x.exponent, x.mantissa);
            f.pop(u.imm2);
        }
    }

    private void compute(int operation, int ae, long am, int be, long bm) {
        switch (operation) {
            case FpuOp.ADD -> Basic.add(x, ae, am, be, bm);
            case FpuOp.MULTIPLY -> Basic.multiply(x, ae, am, be, bm);
            case FpuOp.SUBTRACT -> Basic.subtract(x, ae, am, be, bm);
            case FpuOp.SUBTRACT_REVERSED -> Basic.subtract(x, be, bm, ae, am);
            case FpuOp.DIVIDE -> Basic.divide(x, ae, am, be, bm);
            default -> Basic.divide(x, be, bm, ae, am);
        }
    }

    /**
     * Division takes as long as the precision that the control word asks for: what is shorter then is the part during which integer instructions
     * can run (inferred from 70 of 73 clocks, 59 of 62, 32 of 35). Returns that part.
     */
    private int chargeDivision(Uop u) {
        Clock condition = switch (f.control() >> 8 & 3) {
            case 0 -> Clock.SINGLE_PRECISION;
            case 2 -> Clock.DOUBLE_PRECISION;
            default -> u.memory ? Clock.M : Clock.R;
        };
        int alone = u.form.clocks(u.memory ? Clock.M : Clock.R) - u.form.clocks(Clock.CONCURRENT);
        c.ledger.execute(alone);
        return u.form.clocks(condition) - alone;
    }

    private void compare(Uop u, int address, boolean quiet) {
        boolean inMemory = u.src > FpuOp.TO_REGISTER;
        if (inMemory) {
            memory.readOperand(u, address);
        }
        if (f.empty(0) || !inMemory && f.empty(u.dst)) {
            f.setConditions(Comparison.UNORDERED, Comparison.UNORDERED);
            if (f.stackUnderflows()) {
                f.pop(u.imm2);
            }
            return;
        }
        int be = inMemory ? x.exponent : f.exponent(u.dst);
        long bm = inMemory ? x.mantissa : f.mantissa(u.dst);
        int relation = Comparison.compare(x, f.exponent(0), f.mantissa(0), be, bm, quiet);
        f.report(x.raised(), false);
        f.setConditions(Comparison.UNORDERED, relation);
        if (!x.suppressed()) {
            f.pop(u.imm2);
        }
    }

    private void load(Uop u, int address) {
        if (u.memory) {
            memory.load(u, address);
        } else if (!f.empty(7) || f.empty(u.dst)) {
            boolean masked = f.empty(7) ? f.stackUnderflows() : f.stackOverflows();
            if (masked) {
                f.push(Extended.INDEFINITE_EXPONENT, Extended.INDEFINITE_MANTISSA);
            }
        } else {
            f.clearC1();
            f.push(f.exponent(u.dst), f.mantissa(u.dst));
        }
    }

    private void storeRegister(Uop u) {
        if (f.empty(0)) {
            if (f.stackUnderflows()) {
                f.set(u.dst, Extended.INDEFINITE_EXPONENT, Extended.INDEFINITE_MANTISSA);
                f.pop(u.imm2);
            }
            return;
        }
        f.clearC1();
        f.set(u.dst, f.exponent(0), f.mantissa(0));
        f.pop(u.imm2);
    }

    /** D9 D8+i: not in the manual; later chips do not report an empty ST here (inferred for the 486). */
    private void storeRegisterOrPop(Uop u) {
        if (f.empty(0)) {
            f.clearC1();
            f.pop(u.imm2);
        } else {
            storeRegister(u);
        }
    }

    private void exchange(int i) {
        f.clearC1();
        if ((f.empty(0) || f.empty(i)) && !f.stackUnderflows()) {
            return;
        }
        fillIfEmpty(0);
        fillIfEmpty(i);
        int e = f.exponent(0);
        long m = f.mantissa(0);
        f.set(0, f.exponent(i), f.mantissa(i));
        f.set(i, e, m);
    }

    private void fillIfEmpty(int i) {
        if (f.empty(i)) {
            f.set(i, Extended.INDEFINITE_EXPONENT, Extended.INDEFINITE_MANTISSA);
        }
    }

    private void free(Uop u) {
        f.clearC1();
        f.free(u.dst);
        f.pop(u.imm2);
    }

    private void rotate(int by) {
        f.clearC1();
        f.rotate(by);
    }
}
