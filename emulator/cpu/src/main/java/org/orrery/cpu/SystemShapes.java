package org.orrery.cpu;

import org.orrery.isa.Instruction;
import org.orrery.isa.Operand;

/** The part of translation for instructions without a family of their own, most of them the system's. */
final class SystemShapes {
    private SystemShapes() {}

    /** MOV to and from segment, control, debug and test registers. */
    static void move(Uop u, Operand first, Operand second) {
        if (second == Operand.SW) {
            u.op = u.memory ? Op.MOV_M_SEG : Op.MOV_R_SEG;
        } else if (first == Operand.SW) {
            u.op = u.memory ? Op.MOV_SEG_M : Op.MOV_SEG_R;
        } else if (first == Operand.CD) {
            u.op = Op.MOV_CR_R;
        } else if (second == Operand.CD) {
            u.op = Op.MOV_R_CR;
        } else if (first == Operand.DD) {
            u.op = Op.MOV_DR_R;
        } else if (second == Operand.DD) {
            u.op = Op.MOV_R_DR;
        } else {
            u.op = first == Operand.TD ? Op.MOV_TR_R : Op.MOV_R_TR;
        }
    }

    static void shape(Uop u, Instruction in, String mnemonic) {
        switch (mnemonic) {
            case "NOP" -> u.op = Op.NOP;
            case "PUSHA", "PUSHAD" -> {
                u.op = Op.PUSHA;
                u.clocks = 0;
            }
            case "POPA", "POPAD" -> u.op = Op.POPA;
            case "XADD" -> u.op = u.memory ? Op.XADD_M : Op.XADD_R;
            case "CMPXCHG" -> u.op = u.memory ? Op.CMPXCHG_M : Op.CMPXCHG_R;
            case "BSWAP" -> u.op = Op.BSWAP;
            case "XLATB" -> u.op = Op.XLAT;
            case "CBW", "CWDE" -> u.op = Op.CBW;
            case "CWD", "CDQ" -> u.op = Op.CWD;
            case "LAHF" -> u.op = Op.LAHF;
            case "SAHF" -> u.op = Op.SAHF;
            case "SALC" -> u.op = Op.SALC;
            case "CMC", "CLC", "STC", "CLD", "STD" -> byOpcode(u, Op.FLAG);
            case "DAA", "DAS", "AAA", "AAS", "AAM", "AAD" -> byOpcode(u, Op.DECIMAL);
            case "MUL" -> u.op = Op.MUL;
            case "DIV" -> u.op = Op.DIV;
            case "IDIV" -> u.op = Op.IDIV;
            case "BSF" -> twoRegisters(u, Op.BSF);
            case "BSR" -> twoRegisters(u, Op.BSR);
            case "ENTER" -> u.op = Op.ENTER;
            case "LEAVE" -> u.op = Op.LEAVE;
            case "BOUND" -> bound(u);
            case "LOOP" -> loop(u, -1);
            case "LOOPE" -> loop(u, 1);
            case "LOOPNE" -> loop(u, 0);
            case "JCXZ", "JECXZ" -> u.op = Op.JCXZ;
            case "IN", "OUT" -> port(u, in, mnemonic);
            case "WAIT" -> FpuShapes.shape(u, in, mnemonic);
            default -> protection(u, mnemonic);
        }
    }

    private static void protection(Uop u, String mnemonic) {
        switch (mnemonic) {
            case "PUSHF", "PUSHFD" -> u.op = Op.PUSHF;
            case "POPF", "POPFD" -> u.op = Op.POPF;
            case "CLI" -> u.op = Op.CLI;
            case "STI" -> u.op = Op.STI;
            case "HLT" -> u.op = Op.HLT;
            case "RETF" -> u.op = Op.RETF;
            case "IRET", "IRETD" -> u.op = Op.IRET;
            case "INT" -> u.op = Op.INT;
            case "INT3" -> interrupt(u, 3);
            case "INT1" -> interrupt(u, 1);
            case "INTO" -> u.op = Op.INTO;
            case "LES" -> loadFar(u, Cpu.ES);
            case "LDS" -> loadFar(u, Cpu.DS);
            case "LSS" -> loadFar(u, Cpu.SS);
            case "LFS" -> loadFar(u, Cpu.FS);
            case "LGS" -> loadFar(u, Cpu.GS);
            case "LGDT", "LIDT" -> table(u, Op.TABLE_LOAD, mnemonic);
            case "SGDT", "SIDT" -> table(u, Op.TABLE_STORE, mnemonic);
            case "LLDT" -> protectedOnly(u, Op.LLDT, 0);
            case "LTR" -> protectedOnly(u, Op.LTR, 0);
            case "SLDT" -> protectedOnly(u, Op.STORE_SELECTOR, Segments.LDTR);
            case "STR" -> protectedOnly(u, Op.STORE_SELECTOR, Segments.TR);
            case "VERR" -> protectedOnly(u, Op.VERR, 0);
            case "VERW" -> protectedOnly(u, Op.VERR, 1);
            case "ARPL" -> protectedOnly(u, Op.ARPL, 0);
            case "LAR" -> protectedOnly(u, Op.LAR, 0);
            case "LSL" -> protectedOnly(u, Op.LSL, 0);
            case "SMSW" -> u.op = Op.SMSW;
            case "LMSW" -> u.op = Op.LMSW;
            case "CLTS" -> u.op = Op.CLTS;
            case "INVD", "WBINVD" -> u.op = Op.INVD;
            case "INVLPG" -> u.op = u.memory ? Op.INVLPG : Op.UNDEFINED;
            case "CPUID" -> u.op = Op.CPUID;
            default -> u.op = Op.NOT_EXECUTED;
        }
    }

    private static void byOpcode(Uop u, int op) {
        u.op = op;
        u.sub = Integer.parseInt(u.form.encoding().substring(0, 2), 16);
    }

    private static void twoRegisters(Uop u, int op) {
        u.op = op;
        int rm = u.dst;
        u.dst = u.src;
        u.src = rm;
    }

    private static void bound(Uop u) {
        u.op = Op.BOUND;
        u.clocks = 0;
    }

    /** LOOP: {@code sub} is the ZF that goes on, or -1 if ZF does not matter. */
    private static void loop(Uop u, int zero) {
        u.op = Op.LOOP;
        u.sub = zero;
    }

    /** IN and OUT: {@code sub} is 1 for a port in the instruction, 0 for DX; the width is that of the accumulator. */
    private static void port(Uop u, Instruction in, String mnemonic) {
        boolean input = mnemonic.equals("IN");
        Operand accumulator = u.form.operands().get(input ? 0 : 1);
        Operand port = u.form.operands().get(input ? 1 : 0);
        u.op = input ? Op.IN : Op.OUT;
        u.sub = port == Operand.IB ? 1 : 0;
        u.bits = accumulator == Operand.AL ? 8 : in.operand32 ? 32 : 16;
        u.shift = 32 - u.bits;
    }

    private static void interrupt(Uop u, int vector) {
        u.op = Op.INT;
        u.imm = vector;
    }

    private static void loadFar(Uop u, int segment) {
        u.op = u.memory ? Op.LOAD_FAR : Op.UNDEFINED;
        u.sub = segment;
    }

    /** {@code sub} is 0 for the GDT, 1 for the IDT. */
    private static void table(Uop u, int op, String mnemonic) {
        u.op = u.memory ? op : Op.UNDEFINED;
        u.sub = mnemonic.charAt(1) == 'I' ? 1 : 0;
    }

    /** What is an undefined opcode in real mode. */
    private static void protectedOnly(Uop u, int op, int sub) {
        u.op = op;
        u.sub = sub;
    }
}
