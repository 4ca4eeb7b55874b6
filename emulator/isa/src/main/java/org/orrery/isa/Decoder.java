package org.orrery.isa;

/** Decodes i486 machine code by the table. Allocates nothing; holds no state between calls. */
public final class Decoder {
    /** The bytes end before the instruction does. */
    public static final int TRUNCATED = -1;
    /** No form has these bytes. */
    public static final int INVALID = -2;
    /** The instruction is longer than the i486's 15 bytes. */
    public static final int TOO_LONG = -3;

    private static final int MAX_LENGTH = 15;
    private static final int NONE = Instruction.NO_REGISTER;
    private static final int BX = 3;
    private static final int BP = 5;
    private static final int SI = 6;
    private static final int DI = 7;
    /** Base and index of 16-bit addresses by the rm field. */
    private static final int[] BASE_16 = {BX, BX, BP, BP, SI, DI, BP, BX};

    private static final int[] INDEX_16 = {SI, DI, SI, DI, NONE, NONE, NONE, NONE};

    private final OpcodeMap opcodes;
    /** By the row's index: the kinds of its immediates, null where there is none. */
    private final Operand[] first;

    private final Operand[] second;
    /** By the row's index: mod does not matter, rm is a register. */
    private final boolean[] registerOnly;

    public Decoder(InstructionSet instructionSet) {
        opcodes = instructionSet.opcodes();
        int count = instructionSet.forms().size();
        first = new Operand[count];
        second = new Operand[count];
        registerOnly = new boolean[count];
        for (Form form : instructionSet.forms()) {
            for (Operand operand : form.operands()) {
                registerOnly[form.index()] |= operand.place() == Operand.Place.RM_REGISTER;
                if (operand.encoded().isEmpty()) {
                    continue;
                }
                Operand[] place = first[form.index()] == null ? first : second;
                place[form.index()] = operand;
            }
        }
    }

    /**
     * Decodes one instruction.
     *
     * @param code the bytes
     * @param at index of the first byte of the instruction
     * @param end index after the last byte that may be read
     * @param code32 default operand and address size: 32 bits if true (the D bit of CS), else 16
     * @param out filled if the return value is positive
     * @return the length in bytes, or {@link #TRUNCATED}, {@link #INVALID} or {@link #TOO_LONG}
     */
    public int decode(byte[] code, int at, int end, boolean code32, Instruction out) {
        clear(out, code32);
        int limit = Math.min(end, at + MAX_LENGTH);
        int next = prefixes(code, at, limit, out);
        out.prefixCount = next - at;
        next = opcode(code, next, limit, out);
        if (next == TRUNCATED && end - at >= MAX_LENGTH) {
            return TOO_LONG;
        }
        out.length = next - at;
        return next < 0 ? next : out.length;
    }

    private static void clear(Instruction out, boolean code32) {
        out.lock = false;
        out.rep = 0;
        out.segment = Instruction.NO_SEGMENT;
        out.code32 = code32;
        out.operand32 = code32;
        out.address32 = code32;
        out.memory = false;
        out.modRm = 0;
        out.reg = 0;
        out.rm = 0;
        out.base = NONE;
        out.index = NONE;
        out.scale = 0;
        out.displacement = 0;
        out.displacementSize = 0;
        out.immediate = 0;
        out.immediate2 = 0;
    }

    /** Returns the index of the first byte that is no prefix. */
    private static int prefixes(byte[] code, int at, int limit, Instruction out) {
        for (int next = at; next < limit; next++) {
            int prefix = code[next] & 0xFF;
            switch (prefix) {
                case 0x26, 0x2E, 0x36, 0x3E -> out.segment = prefix >> 3 & 3;
                case 0x64, 0x65 -> out.segment = prefix & 7;
                case 0x66 -> out.operand32 = !out.code32;
                case 0x67 -> out.address32 = !out.code32;
                case 0xF0 -> out.lock = true;
                case 0xF2, 0xF3 -> out.rep = prefix;
                default -> {
                    return next;
                }
            }
        }
        return limit;
    }

    /** Like all that follow, returns the index of the next byte, or {@link #TRUNCATED} or {@link #INVALID}. */
    private int opcode(byte[] code, int at, int limit, Instruction out) {
        int next = at;
        if (next >= limit) {
            return TRUNCATED;
        }
        int opcode = code[next++] & 0xFF;
        if (opcode == 0x0F) {
            if (next >= limit) {
                return TRUNCATED;
            }
            opcode = 0x100 | code[next++] & 0xFF;
        }
        if (!opcodes.hasModRm(opcode)) {
            out.form = opcodes.find(opcode, out.operand32, out.address32, 0);
            out.rm = opcode & 7;
        } else {
            if (next >= limit) {
                return TRUNCATED;
            }
            int modRm = code[next++] & 0xFF;
            out.form = opcodes.find(opcode, out.operand32, out.address32, OpcodeMap.key(modRm));
            next = out.form == null ? INVALID : modRm(code, next, limit, modRm, out);
        }
        if (out.form == null) {
            return INVALID;
        }
        return next < 0 ? next : immediates(code, next, limit, out);
    }

    private int modRm(byte[] code, int at, int limit, int modRm, Instruction out) {
        out.modRm = modRm;
        out.reg = modRm >> 3 & 7;
        out.rm = modRm & 7;
        if (modRm >= 0xC0 || registerOnly[out.form.index()]) {
            return at;
        }
        out.memory = true;
        int mod = modRm >> 6;
        if (out.address32) {
            return address32(code, at, limit, mod, out);
        }
        boolean direct = mod == 0 && out.rm == 6;
        out.base = direct ? NONE : BASE_16[out.rm];
        out.index = INDEX_16[out.rm];
        return displacement(code, at, limit, mod == 1 ? 1 : mod == 2 || direct ? 2 : 0, out);
    }

    private static int address32(byte[] code, int at, int limit, int mod, Instruction out) {
        int next = at;
        out.base = out.rm;
        if (out.rm == 4) {
            if (next >= limit) {
                return TRUNCATED;
            }
            int sib = code[next++] & 0xFF;
            out.base = sib & 7;
            int index = sib >> 3 & 7;
            if (index != 4) {
                out.index = index;
                out.scale = sib >> 6;
            }
        }
        boolean direct = mod == 0 && out.base == BP;
        if (direct) {
            out.base = NONE;
        }
        return displacement(code, next, limit, mod == 1 ? 1 : mod == 2 || direct ? 4 : 0, out);
    }

    private static int displacement(byte[] code, int at, int limit, int size, Instruction out) {
        if (at + size > limit) {
            return TRUNCATED;
        }
        out.displacementSize = size;
        out.displacement = signed(code, at, size);
        return at + size;
    }

    private int immediates(byte[] code, int at, int limit, Instruction out) {
        Operand kind = first[out.form.index()];
        if (kind == null) {
            return at;
        }
        if (kind.place() == Operand.Place.OFFSET) {
            return offset(code, at, limit, out);
        }
        int size = kind == Operand.AP ? Operand.IV.size(out.operand32) : kind.size(out.operand32);
        int next = at + size;
        Operand then = kind == Operand.AP ? Operand.IW : second[out.form.index()];
        int thenSize = then == null ? 0 : then.size(out.operand32);
        if (next + thenSize > limit) {
            return TRUNCATED;
        }
        boolean isSigned = kind == Operand.IBS || kind.place() == Operand.Place.RELATIVE;
        out.immediate = isSigned ? signed(code, at, size) : unsigned(code, at, size);
        out.immediate2 = unsigned(code, next, thenSize);
        return next + thenSize;
    }

    private static int offset(byte[] code, int at, int limit, Instruction out) {
        int size = out.address32 ? 4 : 2;
        if (at + size > limit) {
            return TRUNCATED;
        }
        out.displacement = unsigned(code, at, size);
        out.displacementSize = size;
        return at + size;
    }

    private static int signed(byte[] code, int at, int size) {
        int value = unsigned(code, at, size);
        return switch (size) {
            case 1 -> (byte) value;
            case 2 -> (short) value;
            default -> value;
        };
    }

    /** The little-endian number of 0, 1, 2 or 4 bytes. */
    private static int unsigned(byte[] code, int at, int size) {
        int value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | code[at + i] & 0xFF;
        }
        return value;
    }
}
