package org.orrery.isa.asm;

/**
 * Prefixes written before an instruction.
 *
 * @param rep the byte of a REP prefix, or 0
 * @param segment 0 to 5 for ES CS SS DS FS GS, or -1
 * @param operandBits 16 or 32 as asked for, or 0
 * @param addressBits 16 or 32 as asked for, or 0
 */
record Prefixes(boolean lock, int rep, int segment, int operandBits, int addressBits) {
    static final Prefixes NONE = new Prefixes(false, 0, -1, 0, 0);
    private static final int[] OVERRIDES = {0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65};

    /** The byte that overrides the segment. */
    static int override(int segment) {
        return OVERRIDES[segment];
    }

    /** These and one more by its name in lower case, or null if that is no prefix. */
    Prefixes with(String name) {
        switch (name) {
            case "lock":
                return new Prefixes(true, rep, segment, operandBits, addressBits);
            case "rep", "repe", "repz":
                return new Prefixes(lock, 0xF3, segment, operandBits, addressBits);
            case "repne", "repnz":
                return new Prefixes(lock, 0xF2, segment, operandBits, addressBits);
            case "o16", "o32":
                return new Prefixes(lock, rep, segment, name.equals("o16") ? 16 : 32, addressBits);
            case "a16", "a32":
                return new Prefixes(lock, rep, segment, operandBits, name.equals("a16") ? 16 : 32);
            default:
                Register register = Register.named(name);
                if (register == null || register.kind() != Register.Kind.SEGMENT) {
                    return null;
                }
                return new Prefixes(lock, rep, register.number(), operandBits, addressBits);
        }
    }

    /** Whether a word in lower case is a prefix. */
    static boolean isPrefix(String name) {
        return NONE.with(name) != null;
    }
}
