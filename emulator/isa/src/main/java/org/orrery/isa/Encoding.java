package org.orrery.isa;

/**
 * The encoding column of a form, taken apart.
 *
 * @param twoByte the opcode byte follows 0F
 * @param opcode the (last) opcode byte; with register 0 if {@code plusRegister}
 * @param plusRegister a general register's number is added to the opcode byte
 * @param modRm what is known of the ModR/M byte
 * @param value the digit of {@link ModRm#DIGIT}; the byte of {@link ModRm#FIXED}, with register 0 if {@code
 *     plusStack}; else 0
 * @param plusStack an x87 register's number is added to the fixed ModR/M byte
 * @param immediates what follows, as written: for instance {@code iw ib}, or empty
 */
public record Encoding(
        boolean twoByte,
        int opcode,
        boolean plusRegister,
        ModRm modRm,
        int value,
        boolean plusStack,
        String immediates) {

    /** What a form says of its ModR/M byte. */
    public enum ModRm {
        /** There is none. */
        NONE,
        /** The reg field names a register. */
        REG,
        /** The reg field is a digit of the opcode. */
        DIGIT,
        /** The whole byte belongs to the opcode. */
        FIXED
    }

    /**
     * Takes an encoding column apart.
     *
     * @throws IllegalArgumentException if it does not follow the grammar in the header of {@code i486.isa}
     */
    public static Encoding parse(String text) {
        int start = text.startsWith("0F ") ? 3 : 0;
        int opcode = hexByte(text, start);
        int at = start + 2;
        boolean plusRegister = text.startsWith("+r", at);
        at = plusRegister ? at + 2 : at;
        ModRm modRm = ModRm.NONE;
        int value = 0;
        boolean plusStack = false;
        if (text.startsWith(" /r", at)) {
            modRm = ModRm.REG;
            at += 3;
        } else if (text.startsWith(" /", at)) {
            modRm = ModRm.DIGIT;
            value = digit(text, at + 2);
            at += 3;
        } else if (start == 0 && (opcode & 0xF8) == 0xD8) {
            modRm = ModRm.FIXED;
            value = hexByte(text, at + 1);
            plusStack = text.startsWith("+i", at + 3);
            at += plusStack ? 5 : 3;
        }
        return new Encoding(start > 0, opcode, plusRegister, modRm, value, plusStack, rest(text, at));
    }

    private static String rest(String text, int at) {
        if (at == text.length()) {
            return "";
        }
        if (text.charAt(at) != ' ') {
            throw malformed(text);
        }
        return text.substring(at + 1);
    }

    private static int hexByte(String text, int at) {
        int high = at + 1 < text.length() ? Character.digit(text.charAt(at), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(text.charAt(at + 1), 16);
        if (low < 0) {
            throw malformed(text);
        }
        return high << 4 | low;
    }

    private static int digit(String text, int at) {
        int digit = at < text.length() ? Character.digit(text.charAt(at), 8) : -1;
        if (digit < 0) {
            throw malformed(text);
        }
        return digit;
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException("malformed encoding '" + text + "'");
    }
}
