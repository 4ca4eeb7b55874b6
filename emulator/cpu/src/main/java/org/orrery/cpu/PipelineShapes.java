package org.orrery.cpu;

import java.util.Set;
import org.orrery.isa.Instruction;
import org.orrery.isa.Operand;

/**
 * The part of translation for the {@link Pipeline}: how long an instruction is decoded, which registers it needs for an address or as a source,
 * and which it writes.
 *
 * <p>Addresses that D2 forms wait for their registers: those of ModR/M, and the stack pointer of PUSH, POP, CALL and RET. Addresses that
 * microcode forms (XLAT, string and port instructions, PUSHA, POPA, ENTER, LEAVE, PUSHF, POPF, segment registers on the stack, interrupts and far
 * transfers) do not: measured for XLAT, inferred for the others because they take several clocks too.
 */
final class PipelineShapes {
    private static final Set<String> FIRST_ONLY_WRITTEN = Set.of(
            "MOV", "MOVZX", "MOVSX", "LEA", "POP", "BSF", "BSR", "IN", "LAR", "LSL", "LES", "LDS", "LSS", "LFS", "LGS",
            "SMSW", "SLDT", "STR", "FNSTSW");

    private static final Set<String> FIRST_ONLY_READ = Set.of(
            "CMP", "TEST", "BT", "PUSH", "JMP", "CALL", "MUL", "DIV", "IDIV", "OUT", "VERR", "VERW", "LLDT", "LTR",
            "LMSW", "BOUND");

    private static final long ANY_BYTE = 0xFL << Pipeline.BYTES;

    private PipelineShapes() {}

    static void shape(Uop u, Instruction in) {
        decoding(u, in);
        addressing(u, in);
        if (u.op != Op.STRING && u.op != Op.PORT_STRING) {
            operands(u, in);
        }
        implicitResults(u);
        u.needs = needs(u);
    }

    /**
     * Each prefix byte and the 0F escape take a clock in D1, but for Jcc, of which Intel's table gives both lengths the same clocks. D2 takes a second
     * clock for a displacement with an immediate, and one for an address of two registers or with a scale; LEA has that in its row.
     */
    private static void decoding(Uop u, Instruction in) {
        boolean escape = u.form.encoding().startsWith("0F") && u.op != Op.JCC;
        u.d1 = 1 + u.prefixes + (escape ? 1 : 0);
        boolean immediate = u.form.operands().stream().anyMatch(Translator::isImmediate);
        boolean both = u.memory && in.displacementSize > 0 && immediate;
        boolean indexed = u.memory && u.index != Instruction.NO_REGISTER && u.op != Op.LEA;
        u.d2 = 1 + (both ? 1 : 0) + (indexed ? 1 : 0);
    }

    private static void addressing(Uop u, Instruction in) {
        int registers = 0;
        if (u.memory) {
            registers = (1 << in.base | 1 << in.index) & 0xFF;
        }
        if (usesStackPointer(u.op)) {
            registers |= 1 << Cpu.ESP;
        }
        u.address = registers;
        u.addressesMemory = registers != 0 && u.op != Op.LEA && u.op != Op.INVLPG;
    }

    private static boolean usesStackPointer(int op) {
        return switch (op) {
            case Op.PUSH_R,
                    Op.PUSH_I,
                    Op.PUSH_RM,
                    Op.PUSH_M,
                    Op.POP_R,
                    Op.POP_RM,
                    Op.POP_M,
                    Op.CALL,
                    Op.CALL_R,
                    Op.CALL_M,
                    Op.RET,
                    Op.RET_I -> true;
            default -> false;
        };
    }

    private static void operands(Uop u, Instruction in) {
        String mnemonic = u.form.mnemonic();
        int count = u.form.operands().size();
        boolean firstRead =
                !(FIRST_ONLY_WRITTEN.contains(mnemonic) || u.op == Op.SETCC_R || mnemonic.equals("IMUL") && count == 3);
        boolean firstWritten = !(FIRST_ONLY_READ.contains(mnemonic) || mnemonic.equals("IMUL") && count == 1);
        for (int i = 0; i < count; i++) {
            Operand operand = u.form.operands().get(i);
            int register = register(operand, in);
            if (register != Instruction.NO_REGISTER) {
                boolean narrow = operand.size(in.operand32) == 1;
                if (i == 0 ? firstWritten : i == 1 && exchanges(mnemonic)) {
                    writes(u, register, narrow);
                }
                if ((i > 0 || firstRead) && !narrow) {
                    u.sources |= 1 << register & 0xF;
                }
            }
        }
    }

    private static boolean exchanges(String mnemonic) {
        return mnemonic.equals("XCHG") || mnemonic.equals("XADD");
    }

    /** The general register that an operand names, or {@link Instruction#NO_REGISTER}. */
    private static int register(Operand operand, Instruction in) {
        return switch (operand.place()) {
            case RM -> in.memory ? Instruction.NO_REGISTER : in.rm;
            case RM_REGISTER, OPCODE -> in.rm;
            case REG -> in.reg;
            case FIXED ->
                switch (operand) {
                    case AL, AX, EAX_V -> Cpu.EAX;
                    case CL -> Cpu.ECX;
                    case DX -> Cpu.EDX;
                    default -> Instruction.NO_REGISTER;
                };
            default -> Instruction.NO_REGISTER;
        };
    }

    /** Results in registers that are not operands. Pointers and counts that microcode moves on are written before its last clock. */
    private static void implicitResults(Uop u) {
        switch (u.op) {
            case Op.MUL, Op.DIV, Op.IDIV, Op.IMUL -> {
                writes(u, Cpu.EAX, false);
                if (u.bits != 8) {
                    writes(u, Cpu.EDX, false);
                }
            }
            case Op.CBW, Op.DECIMAL, Op.CMPXCHG_R, Op.CMPXCHG_M -> writes(u, Cpu.EAX, u.bits == 8);
            case Op.CWD -> writes(u, Cpu.EDX, false);
            case Op.XLAT, Op.SALC, Op.LAHF -> writes(u, Cpu.EAX, true);
            case Op.LEAVE -> writes(u, Cpu.EBP, false);
            case Op.STRING -> {
                if (u.sub == StringOps.LODS) {
                    writes(u, Cpu.EAX, u.bits == 8);
                }
            }
            default -> {}
        }
    }

    private static void writes(Uop u, int register, boolean narrow) {
        u.writes |= narrow ? 1L << Pipeline.BYTES + (register & 3) : 1L << register;
    }

    /** The bits of {@link Pipeline#history} on which the instruction cannot simply enter EX. */
    private static long needs(Uop u) {
        boolean slow = u.d1 + u.d2 > 2;
        long needs = slow ? Pipeline.ENTRY : 0;
        long address = u.address | (u.address & 0xF) << Pipeline.BYTES;
        for (int clock = 0; clock <= u.d2; clock++) {
            needs |= address << clock * Pipeline.CLOCK;
        }
        if (u.addressesMemory) {
            needs |= ANY_BYTE << Pipeline.CLOCK | (slow ? ANY_BYTE : 0);
        }
        return needs | (long) u.sources << Pipeline.BYTES;
    }
}
