package org.orrery.cpu;

import org.orrery.isa.Clock;
import org.orrery.isa.Form;
import org.orrery.isa.Instruction;
import org.orrery.isa.Operand;

/** Turns decoded instructions into {@link Uop}s. */
final class Translator {
    private static final int NOT_LOCKED = -1;

    private Translator() {}

    /** Translates; what the instruction may not do in any state (LOCK where it is illegal) becomes an undefined opcode here. */
    static Uop translate(Instruction in) {
        Uop u = shaped(in);
        int covered = u.op == Op.UNDEFINED || !in.memory ? NOT_LOCKED : lockedClocks(u, in.lock);
        if (covered == NOT_LOCKED) {
            return u;
        }
        Uop whole = shaped(in);
        whole.op = Op.LOCKED;
        whole.imm2 = covered;
        whole.unlocked = u;
        return whole;
    }

    /**
     * How many clocks of a locked read and write without wait states, 2 and 2, an instruction's figure contains. XCHG with memory is always locked,
     * and its 5 have both (note 2 of Intel's clock table). For the others the table gives what comes on top: 2 for the 3 clocks of arithmetic, 1 for
     * BTS m,r and 0 for BTS m,imm (recalled, {@code i486-clocks.csv}); CMPXCHG is taken to be like arithmetic (inferred).
     */
    private static int lockedClocks(Uop u, boolean prefix) {
        String encoding = u.form.encoding();
        if (u.form.mnemonic().equals("XCHG") || prefix && encoding.startsWith("0F BA")) {
            return 4;
        }
        if (!prefix) {
            return NOT_LOCKED;
        }
        return u.form.mnemonic().startsWith("BT") ? 3 : 2;
    }

    private static Uop shaped(Instruction in) {
        Uop u = new Uop();
        Form form = in.form;
        u.form = form;
        u.length = in.length;
        u.prefixes = in.prefixCount;
        u.wide = in.operand32;
        u.rep = in.rep;
        u.memory = in.memory;
        u.imm = in.immediate;
        u.imm2 = in.immediate2;
        u.seg = in.effectiveSegment();
        u.base = in.base;
        u.index = in.index;
        u.scale = in.scale;
        u.disp = in.displacement;
        u.mask = in.address32 ? ~0 : 0xFFFF;
        u.dst = in.rm;
        u.src = in.reg;
        setWidth(u, in);
        u.clocks = Math.max(0, form.clocks(in.memory ? Clock.M : Clock.R));
        if (in.lock && !(in.memory && form.has("lock"))) {
            u.op = Op.UNDEFINED;
        } else {
            shape(u, in, form.mnemonic());
            PipelineShapes.shape(u, in);
        }
        return u;
    }

    /** The first operand gives the width, by its kind or by the operand size. */
    private static void setWidth(Uop u, Instruction in) {
        Operand first = operand(u, 0);
        int fixed = first == null ? 0 : fixedBits(first);
        u.bits = fixed != 0 ? fixed : in.operand32 ? 32 : 16;
        u.shift = 32 - u.bits;
    }

    private static int fixedBits(Operand operand) {
        return switch (operand) {
            case EB, GB, ZB, OB, AL -> 8;
            case EW, SW -> 16;
            case RD, CD, DD, TD -> 32;
            default -> 0;
        };
    }

    private static boolean narrow(Uop u) {
        return u.bits != 32;
    }

    private static Operand operand(Uop u, int i) {
        return i < u.form.operands().size() ? u.form.operands().get(i) : null;
    }

    private static void shape(Uop u, Instruction in, String mnemonic) {
        switch (mnemonic) {
            case "ADD" -> alu(u, Alu.ADD);
            case "OR" -> alu(u, Alu.OR);
            case "ADC" -> alu(u, Alu.ADC);
            case "SBB" -> alu(u, Alu.SBB);
            case "AND" -> alu(u, Alu.AND);
            case "SUB" -> alu(u, Alu.SUB);
            case "XOR" -> alu(u, Alu.XOR);
            case "CMP" -> alu(u, Alu.CMP);
            case "TEST" -> alu(u, Alu.TEST);
            case "MOV" -> move(u);
            case "INC" -> u.op = u.memory ? Op.INC_M : narrow(u) ? Op.INC_N : Op.INC_R;
            case "DEC" -> u.op = u.memory ? Op.DEC_M : narrow(u) ? Op.DEC_N : Op.DEC_R;
            case "NOT" -> u.op = u.memory ? Op.NOT_M : Op.NOT_R;
            case "NEG" -> u.op = u.memory ? Op.NEG_M : Op.NEG_R;
            case "LEA" -> lea(u);
            case "MOVZX" -> extend(u, Op.MOVZX_RM, Op.MOVZX_RR);
            case "MOVSX" -> extend(u, Op.MOVSX_RM, Op.MOVSX_RR);
            case "ROL", "ROR", "RCL", "RCR", "SHL", "SHR", "SAL", "SAR" -> shift(u, mnemonic);
            case "SHLD" -> doubleShift(u, Op.SHLD_M, Op.SHLD_R);
            case "SHRD" -> doubleShift(u, Op.SHRD_M, Op.SHRD_R);
            case "PUSH" -> push(u);
            case "POP" -> pop(u);
            case "JMP" -> jump(u, Op.JMP, Op.JMP_R, Op.JMP_M, Op.JMP_FAR, Op.JMP_FAR_M);
            case "CALL" -> jump(u, Op.CALL, Op.CALL_R, Op.CALL_M, Op.CALL_FAR, Op.CALL_FAR_M);
            case "RET" -> u.op = u.form.operands().isEmpty() ? Op.RET : Op.RET_I;
            case "XCHG" -> exchange(u);
            case "BT", "BTS", "BTR", "BTC" -> bit(u, mnemonic);
            case "IMUL" -> multiply(u);
            default -> shapeByFamily(u, in, mnemonic);
        }
    }

    private static void shapeByFamily(Uop u, Instruction in, String mnemonic) {
        String encoding = u.form.encoding();
        if (encoding.startsWith("7") || encoding.startsWith("0F 8") || encoding.startsWith("0F 9")) {
            condition(u, encoding);
        } else if (encoding.startsWith("D8") || encoding.compareTo("D9") >= 0 && encoding.compareTo("E0") < 0) {
            FpuShapes.shape(u, in, mnemonic);
        } else if (isString(encoding)) {
            string(u, mnemonic);
        } else {
            SystemShapes.shape(u, in, mnemonic);
        }
    }

    private static void alu(Uop u, int operation) {
        u.sub = operation;
        Operand first = operand(u, 0);
        Operand second = operand(u, 1);
        int wide;
        if (isImmediate(second)) {
            if (isAccumulator(first)) {
                u.dst = Cpu.EAX;
            }
            wide = u.memory ? Op.ALU_MI : Op.ALU_RI;
        } else if (first == Operand.GB || first == Operand.GV) {
            swapRegisters(u);
            wide = u.memory ? Op.ALU_RM : Op.ALU_RR;
        } else {
            wide = u.memory ? Op.ALU_MR : Op.ALU_RR;
        }
        u.op = narrow(u) ? wide + (Op.ALU_RR_N - Op.ALU_RR) : wide;
    }

    private static void swapRegisters(Uop u) {
        int t = u.dst;
        u.dst = u.src;
        u.src = t;
    }

    static boolean isImmediate(Operand o) {
        return o == Operand.IB || o == Operand.IW || o == Operand.IV || o == Operand.IBS;
    }

    private static boolean isAccumulator(Operand o) {
        return o == Operand.AL || o == Operand.AX || o == Operand.EAX_V;
    }

    private static void move(Uop u) {
        Operand first = operand(u, 0);
        Operand second = operand(u, 1);
        if (first == Operand.SW || second == Operand.SW || u.bits == 32 && isSpecial(first, second)) {
            SystemShapes.move(u, first, second);
            return;
        }
        int wide;
        if (isImmediate(second)) {
            wide = u.memory ? Op.MOV_MI : Op.MOV_RI;
        } else if (first == Operand.GB || first == Operand.GV) {
            swapRegisters(u);
            wide = u.memory ? Op.MOV_RM : Op.MOV_RR;
        } else if (second == Operand.OB || second == Operand.OV) {
            u.dst = Cpu.EAX;
            wide = Op.MOV_RM;
        } else if (first == Operand.OB || first == Operand.OV) {
            u.src = Cpu.EAX;
            wide = Op.MOV_MR;
        } else {
            wide = u.memory ? Op.MOV_MR : Op.MOV_RR;
        }
        u.op = narrow(u) ? wide + (Op.MOV_RR_N - Op.MOV_RR) : wide;
    }

    private static boolean isSpecial(Operand first, Operand second) {
        return first == Operand.RD || second == Operand.RD;
    }

    /** LEA with an index takes two clocks: row {@code LEA r,m (with index)} of Intel's table. */
    private static void lea(Uop u) {
        u.op = u.memory ? Op.LEA : Op.UNDEFINED;
        u.dst = u.src;
        boolean indexed = u.index != Instruction.NO_REGISTER;
        u.clocks = u.form.clocks(indexed ? Clock.MOST : Clock.LEAST);
    }

    private static void extend(Uop u, int memoryOp, int registerOp) {
        swapRegisters(u);
        u.sub = u.bits;
        u.bits = operand(u, 1) == Operand.EB ? 8 : 16;
        u.shift = 32 - u.bits;
        u.op = u.memory ? memoryOp : registerOp;
    }

    private static void shift(Uop u, String mnemonic) {
        u.sub = switch (mnemonic) {
            case "ROL" -> Shifts.ROL;
            case "ROR" -> Shifts.ROR;
            case "RCL" -> Shifts.RCL;
            case "RCR" -> Shifts.RCR;
            case "SHR" -> Shifts.SHR;
            case "SAR" -> Shifts.SAR;
            default -> Shifts.SHL;
        };
        if (operand(u, 1) == Operand.CL) {
            u.op = u.memory ? Op.SHIFT_MC : Op.SHIFT_RC;
        } else {
            u.op = u.memory ? Op.SHIFT_MI : Op.SHIFT_RI;
            if (operand(u, 1) == Operand.ONE) {
                u.imm = 1;
            }
        }
    }

    private static void doubleShift(Uop u, int memoryOp, int registerOp) {
        u.op = u.memory ? memoryOp : registerOp;
        u.sub = operand(u, 2) == Operand.CL ? 1 : 0;
    }

    private static void push(Uop u) {
        Operand o = operand(u, 0);
        switch (o) {
            case ZV -> u.op = Op.PUSH_R;
            case IB, IBS, IV -> u.op = Op.PUSH_I;
            case EV -> u.op = u.memory ? Op.PUSH_M : Op.PUSH_RM;
            default -> {
                u.op = Op.PUSH_SEG;
                u.src = o.ordinal() - Operand.ES.ordinal();
            }
        }
    }

    private static void pop(Uop u) {
        Operand o = operand(u, 0);
        switch (o) {
            case ZV -> u.op = Op.POP_R;
            case EV -> u.op = u.memory ? Op.POP_M : Op.POP_RM;
            default -> {
                u.op = Op.POP_SEG;
                u.dst = o.ordinal() - Operand.ES.ordinal();
            }
        }
    }

    private static void exchange(Uop u) {
        u.op = u.memory ? Op.XCHG_MR : Op.XCHG_RR;
        if (operand(u, 0) == Operand.EAX_V) {
            u.src = Cpu.EAX;
        }
    }

    private static void jump(Uop u, int relative, int register, int memory, int far, int farMemory) {
        u.op = switch (operand(u, 0)) {
            case JB, JV -> relative;
            case AP -> far;
            case MP -> u.memory ? farMemory : Op.UNDEFINED;
            default -> u.memory ? memory : register;
        };
    }

    private static boolean isString(String encoding) {
        int opcode = Integer.parseInt(encoding.substring(0, 2), 16);
        return opcode >= 0x6C && opcode <= 0x6F || opcode >= 0xA4 && opcode <= 0xA7 || opcode >= 0xAA && opcode <= 0xAF;
    }

    private static void condition(Uop u, String encoding) {
        boolean escaped = encoding.startsWith("0F");
        u.sub = Character.digit(encoding.charAt(escaped ? 4 : 1), 16);
        if (encoding.startsWith("0F 9")) {
            u.op = u.memory ? Op.SETCC_M : Op.SETCC_R;
            u.clocks = 0;
        } else {
            u.op = Op.JCC;
            u.clocks = u.form.clocks(Clock.NOT_TAKEN);
            u.taken = u.form.clocks(Clock.TAKEN) - u.clocks;
        }
    }

    private static void bit(Uop u, String mnemonic) {
        u.op = u.memory ? Op.BIT_M : Op.BIT_R;
        u.sub = switch (mnemonic) {
            case "BT" -> BitOps.TEST;
            case "BTS" -> BitOps.SET;
            case "BTR" -> BitOps.RESET;
            default -> BitOps.COMPLEMENT;
        };
    }

    private static void multiply(Uop u) {
        if (u.form.operands().size() == 1) {
            u.op = Op.IMUL;
        } else {
            u.op = isImmediate(operand(u, u.form.operands().size() - 1)) ? Op.IMUL_RI : Op.IMUL_R;
            swapRegisters(u);
        }
    }

    private static void string(Uop u, String mnemonic) {
        u.op = mnemonic.startsWith("INS") || mnemonic.startsWith("OUTS") ? Op.PORT_STRING : Op.STRING;
        if (u.rep != 0) {
            u.clocks = 0;
        }
        u.bits = mnemonic.endsWith("B") ? 8 : mnemonic.endsWith("D") ? 32 : 16;
        u.shift = 32 - u.bits;
        u.sub = switch (mnemonic.substring(0, 3)) {
            case "MOV" -> StringOps.MOVS;
            case "CMP" -> StringOps.CMPS;
            case "STO" -> StringOps.STOS;
            case "LOD" -> StringOps.LODS;
            case "SCA" -> StringOps.SCAS;
            case "INS" -> StringOps.INS;
            default -> StringOps.OUTS;
        };
    }
}
