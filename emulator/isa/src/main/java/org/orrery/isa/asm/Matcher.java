package org.orrery.isa.asm;

import java.util.List;
import org.orrery.isa.Encoding.ModRm;
import org.orrery.isa.Operand;
import org.orrery.isa.asm.Argument.Distance;
import org.orrery.isa.asm.Argument.OfFar;
import org.orrery.isa.asm.Argument.OfMemory;
import org.orrery.isa.asm.Argument.OfNumber;
import org.orrery.isa.asm.Argument.OfRegister;

/** Decides whether operands fit a form. */
final class Matcher {
    private final String name;
    private final Operands operands;
    private final int codeBits;

    /**
     * @param name of the instruction, in capitals
     * @param codeBits default operand size
     */
    Matcher(String name, Operands operands, int codeBits) {
        this.name = name;
        this.operands = operands;
        this.codeBits = codeBits;
    }

    /** Whether the operands fit, in their order or swapped, with this operand size. */
    boolean fits(Template template, boolean swapped, int bits) {
        List<Operand> kinds = template.kinds();
        if (kinds.size() != operands.count()) {
            return false;
        }
        for (int i = 0; i < kinds.size(); i++) {
            int at = swapped ? kinds.size() - 1 - i : i;
            if (!fits(
                    template,
                    i,
                    kinds.get(i),
                    operands.arguments().get(at),
                    operands.values().get(at),
                    bits)) {
                return false;
            }
        }
        return true;
    }

    private boolean fits(Template template, int place, Operand kind, Argument argument, Value value, int bits) {
        if (argument instanceof OfRegister) {
            return register(template, place, kind, (OfRegister) argument, bits);
        }
        if (argument instanceof OfMemory) {
            return memory(template, kind, (OfMemory) argument, value, bits);
        }
        if (argument instanceof OfFar) {
            return kind == Operand.AP && (argument.size() == 0 || argument.size() * 8 == bits);
        }
        return number(kind, (OfNumber) argument, value, bits);
    }

    private boolean register(Template template, int place, Operand kind, OfRegister argument, int bits) {
        Register register = argument.register();
        int size = kind.size(bits == 32);
        switch (kind.place()) {
            case RM:
                return register.size() == size && !(wide(template) && place == 0 && bits != 16)
                        || kind == Operand.EW && wideRegister(template, place, register, bits);
            case REG, OPCODE, RM_REGISTER:
                return register.size() == size && !(name.equals("BSWAP") && bits == 16);
            case SPECIAL:
                return register.kind() == special(kind)
                        && (template.encoding().modRm() != ModRm.DIGIT
                                || template.encoding().value() == register.number());
            case X87:
                return register.kind() == Register.Kind.X87;
            case FIXED:
                return fixed(kind, bits) == register && !argument.to();
            default:
                return false;
        }
    }

    private static boolean wide(Template template) {
        return template.form().has("wide");
    }

    /** Where a word is meant, but the register may be written with 32 bits. */
    private boolean wideRegister(Template template, int place, Register register, int bits) {
        if (register.size() != 4) {
            return false;
        }
        boolean source = place == 1 && (wide(template) || name.equals("LAR") || name.equals("LSL"));
        return source || wide(template) && bits == 32;
    }

    private static Register.Kind special(Operand kind) {
        return switch (kind) {
            case SW -> Register.Kind.SEGMENT;
            case CD -> Register.Kind.CONTROL;
            case DD -> Register.Kind.DEBUG;
            default -> Register.Kind.TEST;
        };
    }

    private static Register fixed(Operand kind, int bits) {
        return switch (kind) {
            case AL -> Register.AL;
            case AX -> Register.AX;
            case EAX_V -> bits == 32 ? Register.EAX : Register.AX;
            case CL -> Register.CL;
            case DX -> Register.DX;
            case ES -> Register.ES;
            case CS -> Register.CS;
            case SS -> Register.SS;
            case DS -> Register.DS;
            case FS -> Register.FS;
            case GS -> Register.GS;
            case ST -> Register.ST0;
            default -> null;
        };
    }

    private boolean memory(Template template, Operand kind, OfMemory memory, Value value, int bits) {
        boolean far = kind == Operand.MP && (name.equals("JMP") || name.equals("CALL"));
        if (far != (memory.distance() == Distance.FAR)) {
            return false;
        }
        switch (kind.place()) {
            case RM:
                boolean native_ = !wide(template) || bits == codeBits;
                return native_ && (memory.size() == 0 || memory.size() == kind.size(bits == 32));
            case MEMORY:
                if (far) {
                    return memory.size() == 0 || memory.size() * 8 == bits;
                }
                return memory.size() == 0 || kind.size(false) == 0 || memory.size() == kind.size(false);
            case OFFSET:
                boolean sized = memory.size() == 0 || memory.size() == kind.size(bits == 32);
                return sized && !value.hasRegisters();
            default:
                return false;
        }
    }

    private boolean number(Operand kind, OfNumber number, Value value, int bits) {
        int size = kind.size(bits == 32);
        switch (kind.place()) {
            case IMMEDIATE:
                if (number.distance() != Distance.UNSAID) {
                    return false;
                }
                if (kind == Operand.IBS) {
                    return signedByte(number, value, bits);
                }
                return number.size() == 0 || number.size() == size;
            case RELATIVE:
                return relative(kind, number, bits);
            case FIXED:
                return kind == Operand.ONE
                        && number.size() <= 1
                        && !number.strict()
                        && value.isKnownScalar()
                        && value.number() == 1;
            default:
                return false;
        }
    }

    private static boolean signedByte(OfNumber number, Value value, int bits) {
        if (number.size() == 1) {
            return true;
        }
        if (number.strict() || number.size() != 0 && number.size() * 8 != bits || !value.isKnownScalar()) {
            return false;
        }
        long n = bits == 32 ? (int) value.number() : (short) value.number();
        return n == (byte) n;
    }

    private static boolean relative(Operand kind, OfNumber number, int bits) {
        Distance distance = number.distance();
        if (kind == Operand.JB) {
            return (distance == Distance.UNSAID || distance == Distance.SHORT) && number.size() <= 1;
        }
        boolean near = distance == Distance.UNSAID || distance == Distance.NEAR;
        return near && (number.size() == 0 || number.size() * 8 == bits);
    }
}
