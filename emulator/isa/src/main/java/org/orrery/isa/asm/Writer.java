package org.orrery.isa.asm;

import org.orrery.isa.Encoding;
import org.orrery.isa.Encoding.ModRm;
import org.orrery.isa.Operand;
import org.orrery.isa.asm.Argument.OfFar;
import org.orrery.isa.asm.Argument.OfRegister;

/** Writes the bytes of one instruction whose form has been chosen. */
final class Writer {
    private final Pass pass;
    private final Section out;
    private final Template template;
    private final Encoding encoding;
    private final int bits;
    private final Operands operands;
    private final boolean swapped;

    /**
     * @param bits operand size
     * @param swapped whether the operands are in the order opposite to that of the form
     */
    Writer(Pass pass, Template template, int bits, Operands operands, boolean swapped) {
        this.pass = pass;
        this.out = pass.section();
        this.template = template;
        this.encoding = template.encoding();
        this.bits = bits;
        this.operands = operands;
        this.swapped = swapped;
    }

    /** Writes everything after the prefixes. */
    void write() {
        if (encoding.twoByte()) {
            out.emit(0x0F);
        }
        out.emit(encoding.opcode() + (encoding.plusRegister() ? registerOf(Operand.Place.OPCODE) : 0));
        if (encoding.modRm() != ModRm.NONE) {
            modRm();
        }
        for (int i = 0; i < template.kinds().size(); i++) {
            tail(template.kinds().get(i), place(i));
        }
    }

    private int place(int operand) {
        return swapped ? template.kinds().size() - 1 - operand : operand;
    }

    /** The number of the register at an operand of this kind, or -1. */
    private int registerOf(Operand.Place... places) {
        for (int i = 0; i < template.kinds().size(); i++) {
            Argument argument = operands.arguments().get(place(i));
            for (Operand.Place place : places) {
                if (template.kinds().get(i).place() == place && argument instanceof OfRegister) {
                    return ((OfRegister) argument).register().number();
                }
            }
        }
        return -1;
    }

    private void modRm() {
        if (encoding.modRm() == ModRm.FIXED) {
            out.emit(encoding.value() + (encoding.plusStack() ? registerOf(Operand.Place.X87) : 0));
            return;
        }
        int reg = encoding.value();
        if (encoding.modRm() == ModRm.REG) {
            reg = Math.max(0, registerOf(Operand.Place.REG, Operand.Place.SPECIAL));
        }
        int register = registerOf(Operand.Place.RM, Operand.Place.RM_REGISTER);
        if (register >= 0) {
            out.emit(0xC0 | reg << 3 | register);
            return;
        }
        EffectiveAddress address = operands.address();
        out.emit(address.mod() << 6 | reg << 3 | address.rm());
        if (address.sib() >= 0) {
            out.emit(address.sib());
        }
        if (address.width() > 0) {
            out.emit(address.displacement(), address.width(), false, pass.location(), memoryColumn());
        }
    }

    private int memoryColumn() {
        return operands.arguments().stream()
                .filter(Argument.OfMemory.class::isInstance)
                .findFirst()
                .map(Argument::column)
                .orElse(1);
    }

    private void emit(Value value, int width, int column) {
        pass.emit(value, width, column);
    }

    private void tail(Operand kind, int place) {
        Argument argument = operands.arguments().get(place);
        Value value = operands.values().get(place);
        switch (kind.place()) {
            case IMMEDIATE -> {
                boolean extended = kind == Operand.IBS && argument.size() != 1;
                emit(extended ? Value.of((byte) value.number()) : value, kind.size(bits == 32), argument.column());
            }
            case RELATIVE -> relative(value, kind.size(bits == 32), argument.column());
            case OFFSET -> {
                EffectiveAddress address = operands.address();
                out.emit(address.displacement(), address.width(), false, pass.location(), argument.column());
            }
            case FAR -> far((OfFar) argument);
            default -> {}
        }
    }

    private void far(OfFar far) {
        emit(far.offset().value(pass), bits / 8, far.column());
        emit(far.selector().value(pass), 2, far.column());
    }

    /** The distance from the end of the instruction, which is the end of this field. */
    private void relative(Value target, int width, int column) {
        Value distance = target.plus(out.at(out.size() + width), -1);
        if (target.unknown()) {
            out.emit(0, width);
        } else if (distance.isScalar()) {
            long number = distance.number();
            if (width == 1 && !Encoder.fitsByte(number)) {
                throw new SyntaxException(column, "the target is " + number + " bytes away, too far for a short jump");
            }
            out.emit(number, width);
        } else {
            out.emit(target, width, true, pass.location(), column);
        }
    }
}
