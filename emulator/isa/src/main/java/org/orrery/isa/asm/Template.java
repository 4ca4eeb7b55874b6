package org.orrery.isa.asm;

import java.util.List;
import org.orrery.isa.Encoding;
import org.orrery.isa.Form;
import org.orrery.isa.Operand;

/**
 * A form of an instruction under one of its names, ready for the encoder.
 *
 * @param operandBits the only operand size that it has under this name: 16 or 32; {@link #NATIVE} for that of the code; 0
 *     for both
 * @param sensitive whether the operand size matters
 * @param afterWait a WAIT byte comes before it
 */
record Template(
        Form form, Encoding encoding, List<Operand> kinds, int operandBits, boolean sensitive, boolean afterWait) {
    /** The operand size is that of the code, unless a prefix says otherwise. */
    static final int NATIVE = -1;

    static Template of(Form form, Encoding encoding, String name) {
        int bits = form.has("o16") ? 16 : form.has("o32") ? 32 : 0;
        boolean sensitive = bits != 0 || isWide(form);
        boolean explicit = true;
        for (String note : form.notes()) {
            if (note.startsWith("native:")) {
                String base = note.substring(7);
                sensitive = true;
                bits = name.equals(base + "W") ? 16 : name.equals(base + "D") ? 32 : bits;
                explicit &= !name.equals(base) && !isAlias(form, name);
            }
        }
        List<Operand> kinds = explicitOperands(form);
        sensitive |= form.operands().stream().anyMatch(Template::isSensitive);
        int only = explicit ? bits : bits == 0 ? NATIVE : NATIVE * bits;
        return new Template(form, encoding, kinds, only, sensitive, form.has("wait:" + name));
    }

    private static boolean isAlias(Form form, String name) {
        return form.has("alias:" + name);
    }

    private static boolean isWide(Form form) {
        return form.has("wide") && form.operands().get(0) == Operand.EW;
    }

    private static boolean isSensitive(Operand kind) {
        return kind.size(true) != kind.size(false) || isPointer(kind);
    }

    /** Whether the size of what the operand stands for follows the operand size although its own does not. */
    private static boolean isPointer(Operand kind) {
        return kind == Operand.AP || kind == Operand.MP || kind == Operand.MA || kind == Operand.IBS;
    }

    /** String instructions are written without operands. */
    private static List<Operand> explicitOperands(Form form) {
        boolean string = form.operands().stream().anyMatch(k -> k.place() == Operand.Place.STRING);
        return string ? List.of() : form.operands();
    }

    /** Whether the form can have this operand size where the code, or a prefix, makes another the default. */
    boolean allows(int bits, int defaultBits) {
        if (operandBits == 0) {
            return sensitive || bits == defaultBits;
        }
        if (operandBits < 0) {
            return bits == defaultBits && (operandBits == NATIVE || bits == -operandBits);
        }
        return bits == operandBits;
    }

    /** Bytes of opcode, ModR/M, immediates and branch distances, without SIB and displacement. */
    int length(int bits, int addressBits) {
        int length = encoding.twoByte() ? 2 : 1;
        length += encoding.modRm() == Encoding.ModRm.NONE ? 0 : 1;
        for (Operand kind : kinds) {
            length += switch (kind.place()) {
                case IMMEDIATE, RELATIVE -> kind.size(bits == 32);
                case FAR -> bits / 8 + 2;
                case OFFSET -> addressBits / 8;
                default -> 0;
            };
        }
        return length;
    }
}
