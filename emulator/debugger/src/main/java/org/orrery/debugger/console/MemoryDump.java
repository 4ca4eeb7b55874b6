package org.orrery.debugger.console;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntBinaryOperator;
import org.orrery.debugger.DebugException;
import org.orrery.isa.debug.DebugInfo;

/** Memory as lines, in the formats of gdb's x command. */
final class MemoryDump {
    /**
     * What follows the slash: how many, in which format, of which size.
     *
     * @param count items
     * @param letter of gdb's formats: x d u o t c a s i
     * @param size bytes of an item
     */
    record Format(int count, char letter, int size) {
        private static final String LETTERS = "xduotcasi";
        private static final String SIZES = "bhw";

        /** Parses {@code /16wx}; what is left out is as in {@code last}. */
        static Format parse(String text, Format last) {
            String digits = text.replaceAll("[^0-9].*$", "");
            int count = digits.isEmpty() ? 1 : count(digits);
            char letter = last.letter;
            int size = last.size;
            for (char c : text.substring(digits.length()).toCharArray()) {
                if (LETTERS.indexOf(c) >= 0) {
                    letter = c;
                } else if (SIZES.indexOf(c) >= 0) {
                    size = 1 << SIZES.indexOf(c);
                } else {
                    throw new DebugException("'/" + text + "': expected a count, a format of " + LETTERS
                            + " and a size of " + SIZES + ", as in /16xw");
                }
            }
            return new Format(count, letter, letter == 'c' || letter == 's' ? 1 : letter == 'a' ? 4 : size);
        }

        private static int count(String digits) {
            if (digits.length() > 4) {
                throw new DebugException("'/" + digits + "': at most 9999 at a time");
            }
            return Integer.parseInt(digits);
        }

        /** A value in this format. */
        String text(int value, DebugInfo info) {
            int bits = 8 * size;
            int low = size == 4 ? value : value & (1 << bits) - 1;
            return switch (letter) {
                case 'd' -> String.valueOf(value << 32 - bits >> 32 - bits);
                case 'u' -> Integer.toUnsignedString(low);
                case 'o' -> "0" + Integer.toOctalString(low);
                case 't' -> binary(low, bits);
                case 'c' -> character(low);
                case 'a' ->
                    String.format("%08x %s", low, bracketed(info.describe(low))).stripTrailing();
                default -> String.format("%0" + 2 * size + "x", low);
            };
        }

        private static String binary(int value, int bits) {
            String digits = Integer.toBinaryString(value);
            return "0".repeat(bits - digits.length()) + digits;
        }

        private static String character(int value) {
            return value >= ' ' && value < 0x7F ? "'" + (char) value + "'" : String.format("\\x%02x", value & 0xFF);
        }
    }

    private static final int BYTES_PER_LINE = 16;
    private static final int LONGEST_STRING = 200;

    private final IntBinaryOperator reader;
    private final DebugInfo info;

    /**
     * @param reader gives 1, 2 or 4 bytes (second argument) at an address (first); throws {@link DebugException} if it cannot
     * @param info names for addresses
     */
    MemoryDump(IntBinaryOperator reader, DebugInfo info) {
        this.reader = reader;
        this.info = info;
    }

    static String bracketed(String symbol) {
        return symbol.isEmpty() ? "" : "<" + symbol + ">";
    }

    /** Lines with addresses; what cannot be read ends them with a line that says so. */
    List<String> lines(int address, Format format) {
        List<String> lines = new ArrayList<>();
        int perLine = format.letter == 'a' ? 1 : BYTES_PER_LINE / format.size;
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < format.count; i++) {
            int at = address + i * format.size;
            if (i % perLine == 0 && i > 0) {
                lines.add(line.toString());
                line.setLength(0);
            }
            if (i % perLine == 0) {
                line.append(String.format("%08x %s", at, bracketed(info.describe(at)))
                                .stripTrailing())
                        .append(':');
            }
            try {
                line.append("  ").append(format.text(reader.applyAsInt(at, format.size), info));
            } catch (DebugException e) {
                lines.add(line.append("  ").append(e.getMessage()).toString());
                return lines;
            }
        }
        lines.add(line.toString());
        return lines;
    }

    /**
     * A string in memory.
     *
     * @param text quoted
     * @param bytes that it takes, its zero byte included
     */
    record Text(String text, int bytes) {}

    /** The string at an address up to its zero byte, or as much of it as fits on the screen. */
    Text string(int address) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < LONGEST_STRING; i++) {
            int c = reader.applyAsInt(address + i, 1);
            if (c == 0) {
                return new Text(text.append('"').toString(), i + 1);
            }
            text.append(c >= ' ' && c < 0x7F ? String.valueOf((char) c) : String.format("\\x%02x", c));
        }
        return new Text(text.append("\"...").toString(), LONGEST_STRING);
    }
}
