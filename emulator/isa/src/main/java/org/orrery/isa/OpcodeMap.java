package org.orrery.isa;

import java.util.Arrays;

/**
 * Finds the form of an opcode. An opcode is 0 to FFh, or 100h to 1FFh after 0F. Each has up to four variants (operand
 * and address size), and each variant one form, or one for each {@linkplain #key key} of the ModR/M byte.
 */
final class OpcodeMap {
    private static final int OPERAND_32 = 1;
    private static final int ADDRESS_32 = 2;
    private static final int VARIANTS = 4;
    private static final int KEYS = 8 + 64;

    private final boolean[] modRm = new boolean[0x200];
    private final Form[][] slots = new Form[0x200 * VARIANTS][];

    /** Whether a ModR/M byte follows the opcode. */
    boolean hasModRm(int opcode) {
        return modRm[opcode];
    }

    /** The form of these bytes, or null; the key is 0 for an opcode without ModR/M byte. */
    Form find(int opcode, boolean operand32, boolean address32, int key) {
        int variant = (operand32 ? OPERAND_32 : 0) | (address32 ? ADDRESS_32 : 0);
        Form[] forms = slots[opcode * VARIANTS + variant];
        return forms == null ? null : forms[key];
    }

    /** What a form can depend on in a ModR/M byte: the reg field of a memory operand, or reg and rm of a register. */
    static int key(int modRmByte) {
        return modRmByte >= 0xC0 ? 8 + (modRmByte & 0x3F) : modRmByte >> 3 & 7;
    }

    /**
     * Enters a row under all bytes that it stands for.
     *
     * @throws IllegalArgumentException if another row has some of them
     */
    void add(Form form, Encoding encoding) {
        int opcode = encoding.opcode() | (encoding.twoByte() ? 0x100 : 0);
        int last = encoding.plusRegister() ? opcode + 7 : opcode;
        boolean[] keys = keys(form, encoding);
        boolean[] variants = variants(form);
        for (; opcode <= last; opcode++) {
            claimModRm(opcode, encoding.modRm() != Encoding.ModRm.NONE);
            for (int variant = 0; variant < VARIANTS; variant++) {
                if (variants[variant]) {
                    put(opcode * VARIANTS + variant, keys, form);
                }
            }
        }
    }

    private void claimModRm(int opcode, boolean wanted) {
        boolean known = false;
        for (int variant = 0; variant < VARIANTS; variant++) {
            known |= slots[opcode * VARIANTS + variant] != null;
        }
        if (known && modRm[opcode] != wanted) {
            throw new IllegalArgumentException("another row of this opcode differs in having a ModR/M byte");
        }
        modRm[opcode] = wanted;
    }

    private static boolean[] variants(Form form) {
        boolean[] holds = new boolean[VARIANTS];
        for (int variant = 0; variant < VARIANTS; variant++) {
            boolean operand32 = (variant & OPERAND_32) != 0;
            boolean address32 = (variant & ADDRESS_32) != 0;
            holds[variant] = !form.has(operand32 ? "o16" : "o32") && !form.has(address32 ? "a16" : "a32");
        }
        return holds;
    }

    private static boolean[] keys(Form form, Encoding encoding) {
        if (encoding.modRm() == Encoding.ModRm.NONE) {
            return new boolean[] {true};
        }
        boolean[] keys = new boolean[KEYS];
        if (encoding.modRm() == Encoding.ModRm.FIXED) {
            int first = key(encoding.value());
            Arrays.fill(keys, first, first + (encoding.plusStack() ? 8 : 1), true);
            return keys;
        }
        boolean registers = rmPlace(form) != Operand.Place.MEMORY;
        for (int reg = 0; reg < 8; reg++) {
            boolean holds = encoding.modRm() == Encoding.ModRm.REG ? allows(form, reg) : reg == encoding.value();
            keys[reg] = holds;
            Arrays.fill(keys, 8 + reg * 8, 16 + reg * 8, holds && registers);
        }
        return keys;
    }

    /** There are no segment registers 6 and 7, and CS cannot be loaded by MOV. */
    private static boolean allows(Form form, int reg) {
        return !form.operands().contains(Operand.SW)
                || reg <= 5 && (reg != 1 || form.operands().get(0) != Operand.SW);
    }

    /** The place of the operand that mod and rm describe. */
    private static Operand.Place rmPlace(Form form) {
        for (Operand operand : form.operands()) {
            switch (operand.place()) {
                case RM, MEMORY, RM_REGISTER -> {
                    return operand.place();
                }
                default -> {}
            }
        }
        throw new IllegalArgumentException("no operand uses the rm field");
    }

    private void put(int slot, boolean[] keys, Form form) {
        if (slots[slot] == null) {
            slots[slot] = new Form[keys.length];
        }
        boolean within = form.has("within");
        Form[] forms = slots[slot];
        for (int key = 0; key < keys.length; key++) {
            if (!keys[key]) {
                continue;
            }
            if ((forms[key] != null) != within) {
                throw new IllegalArgumentException(
                        within
                                ? "'within' no other row"
                                : "same bytes as " + forms[key].encoding() + " " + forms[key].mnemonic());
            }
            forms[key] = form;
        }
    }
}
