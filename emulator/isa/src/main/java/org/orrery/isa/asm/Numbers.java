package org.orrery.isa.asm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What numbers, characters and strings in the source stand for. */
final class Numbers {
    private Numbers() {}

    /** The value of an integer in any of NASM's notations. */
    static long integer(Token token) {
        String text = token.text().toLowerCase(Locale.ROOT).replace("_", "");
        int prefix = text.startsWith("$") ? 16 : text.length() > 2 && text.charAt(0) == '0' ? radix(text.charAt(1)) : 0;
        int suffix = text.startsWith("$") ? 0 : radix(text.charAt(text.length() - 1));
        int radix = Math.max(prefix, suffix);
        String digits = text;
        if (radix == 0) {
            radix = 10;
        } else if (prefix == radix) {
            digits = text.substring(text.startsWith("$") ? 1 : 2);
        } else {
            digits = text.substring(0, text.length() - 1);
        }
        return parse(token, digits, radix);
    }

    private static long parse(Token token, String digits, int radix) {
        if (digits.isEmpty() || !digits.chars().allMatch(c -> Character.digit(c, radix) >= 0)) {
            throw new SyntaxException(token.column(), "'" + token.text() + "' is not a number");
        }
        try {
            return Long.parseUnsignedLong(digits, radix);
        } catch (NumberFormatException e) {
            throw new SyntaxException(token.column(), "'" + token.text() + "' does not fit in 64 bits");
        }
    }

    private static int radix(char letter) {
        return switch (letter) {
            case 'x', 'h' -> 16;
            case 'd', 't' -> 10;
            case 'o', 'q' -> 8;
            case 'b', 'y' -> 2;
            default -> 0;
        };
    }

    /** The value of a character constant: the first character is the lowest byte. */
    static long characters(Token token) {
        byte[] bytes = string(token);
        if (bytes.length > 8) {
            throw new SyntaxException(token.column(), "character constant longer than 8 bytes");
        }
        long value = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            value = value << 8 | bytes[i] & 0xFF;
        }
        return value;
    }

    /** The text between the quotes of a token. */
    static String text(Token token) {
        return new String(string(token), StandardCharsets.UTF_8);
    }

    /** The bytes of a string; {@code `...`} knows the escapes of C. */
    static byte[] string(Token token) {
        String inner = token.text().substring(1, token.text().length() - 1);
        return token.text().charAt(0) == '`' ? unescape(token, inner) : inner.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] unescape(Token token, String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '\\') {
                out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            c = text.charAt(at++);
            if (c == 'x') {
                int end = endOfDigits(text, at, 16, 2);
                if (end == at) {
                    throw new SyntaxException(token.column(), "\\x without hexadecimal digits");
                }
                out.write(Integer.parseInt(text.substring(at, end), 16));
                at = end;
            } else if (c >= '0' && c <= '7') {
                int end = endOfDigits(text, at, 8, 2);
                out.write(Integer.parseInt(text.substring(at - 1, end), 8));
                at = end;
            } else {
                out.write(escape(token, c));
            }
        }
        return out.toByteArray();
    }

    private static int endOfDigits(String text, int from, int radix, int most) {
        int end = from;
        while (end < text.length() && end < from + most && Character.digit(text.charAt(end), radix) >= 0) {
            end++;
        }
        return end;
    }

    private static int escape(Token token, char c) {
        return switch (c) {
            case 'a' -> 7;
            case 'b' -> 8;
            case 't' -> 9;
            case 'n' -> 10;
            case 'v' -> 11;
            case 'f' -> 12;
            case 'r' -> 13;
            case 'e' -> 27;
            case '\'', '"', '`', '\\', '?' -> c;
            default -> throw new SyntaxException(token.column(), "unknown escape \\" + c);
        };
    }
}
