package org.orrery.cli.time;

import java.util.Map;
import java.util.Set;
import org.orrery.cpu.Cpu;
import org.orrery.isa.Instruction;
import org.orrery.isa.Operand;

/** Which general registers an instruction writes and takes addresses from, as masks by number. Moving ESP by PUSH and POP is no write. */
final class RegisterUse {
    private static final Set<String> NOT_WRITING = Set.of(
            "CMP", "TEST", "PUSH", "JMP", "CALL", "BT", "BOUND", "OUT", "INT", "LLDT", "LTR", "VERR", "VERW", "LMSW",
            "ENTER", "RET", "RETF", "MUL", "DIV", "IDIV");
    private static final int EAX = 1 << Cpu.EAX;
    private static final int EDX = 1 << Cpu.EDX;
    private static final int ESI = 1 << Cpu.ESI;
    private static final int EDI = 1 << Cpu.EDI;
    private static final Map<String, Integer> IMPLICIT = Map.ofEntries(
            Map.entry("MUL", EAX | EDX),
            Map.entry("DIV", EAX | EDX),
            Map.entry("IDIV", EAX | EDX),
            Map.entry("CBW", EAX),
            Map.entry("CWDE", EAX),
            Map.entry("CWD", EDX),
            Map.entry("CDQ", EDX),
            Map.entry("XLATB", EAX),
            Map.entry("LAHF", EAX),
            Map.entry("AAA", EAX),
            Map.entry("AAS", EAX),
            Map.entry("AAD", EAX),
            Map.entry("AAM", EAX),
            Map.entry("DAA", EAX),
            Map.entry("DAS", EAX),
            Map.entry("CMPXCHG", EAX),
            Map.entry("LOOP", 1 << Cpu.ECX),
            Map.entry("LOOPE", 1 << Cpu.ECX),
            Map.entry("LOOPNE", 1 << Cpu.ECX),
            Map.entry("LEAVE", 1 << Cpu.ESP | 1 << Cpu.EBP),
            Map.entry("POPA", 0xEF),
            Map.entry("POPAD", 0xEF));
    private static final Set<String> STACK = Set.of(
            "PUSH", "POP", "PUSHF", "POPF", "PUSHFD", "POPFD", "CALL", "RET", "RETF", "IRET", "IRETD", "PUSHA", "POPA");

    private RegisterUse() {}

    static int written(Instruction i) {
        String mnemonic = i.form.mnemonic();
        int mask = IMPLICIT.getOrDefault(mnemonic, 0) | strings(i);
        boolean single = i.form.operands().size() == 1;
        if (mnemonic.equals("IMUL") && single) {
            return EAX | EDX;
        }
        if (!single && (mnemonic.equals("XCHG") || mnemonic.equals("XADD"))) {
            mask |= register(i, i.form.operands().get(1));
        }
        if (!i.form.operands().isEmpty() && !NOT_WRITING.contains(mnemonic)) {
            mask |= register(i, i.form.operands().get(0));
        }
        return mask;
    }

    /** Whether what it writes is a byte of a register. */
    static boolean writesByte(Instruction i) {
        return written(i) != 0
                && !i.form.operands().isEmpty()
                && i.form.operands().get(0).size(i.operand32) == 1;
    }

    static int addressed(Instruction i) {
        int mask = strings(i);
        if (i.memory) {
            mask |= bit(i.base) | bit(i.index);
        }
        if (STACK.contains(i.form.mnemonic())) {
            mask |= 1 << Cpu.ESP;
        }
        if (i.form.mnemonic().equals("LEAVE")) {
            mask |= 1 << Cpu.EBP;
        }
        return mask;
    }

    private static int strings(Instruction i) {
        int mask = 0;
        for (Operand operand : i.form.operands()) {
            if (operand.place() == Operand.Place.STRING) {
                mask |= operand.notation().startsWith("X") ? ESI : EDI;
            }
        }
        return mask;
    }

    private static int register(Instruction i, Operand operand) {
        boolean bytes = operand.size(i.operand32) == 1;
        return switch (operand.place()) {
            case RM -> i.memory ? 0 : number(i.rm, bytes);
            case REG -> number(i.reg, bytes);
            case OPCODE, RM_REGISTER -> number(i.rm, bytes);
            case FIXED -> operand == Operand.AL || operand == Operand.AX || operand == Operand.EAX_V ? EAX : 0;
            default -> 0;
        };
    }

    private static int number(int register, boolean bytes) {
        return 1 << (bytes ? register & 3 : register);
    }

    private static int bit(int register) {
        return register == Instruction.NO_REGISTER ? 0 : 1 << register;
    }
}
