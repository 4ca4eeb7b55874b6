package org.orrery.pc.boot;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a flat binary goes and how it starts: at a physical address in 32-bit protected mode, or at segment:offset in real mode.
 *
 * @param real whether in real mode
 * @param segment 0 in protected mode
 * @param offset the address in protected mode
 */
public record LoadAddress(boolean real, int segment, int offset) {
    private static final Pattern REAL = Pattern.compile("(?:0x)?([0-9A-Fa-f]{1,4}):(?:0x)?([0-9A-Fa-f]{1,4})");
    private static final Pattern FLAT = Pattern.compile("0x([0-9A-Fa-f]{1,8})|([0-9]{1,10})");

    /**
     * Reads {@code 0x100000}, {@code 1048576}, or {@code 07C0:0000} (always hexadecimal).
     *
     * @throws BootException if it is none of these
     */
    public static LoadAddress parse(String text) {
        Matcher m = REAL.matcher(text);
        if (m.matches()) {
            return new LoadAddress(true, Integer.parseInt(m.group(1), 16), Integer.parseInt(m.group(2), 16));
        }
        m = FLAT.matcher(text);
        if (m.matches()) {
            long address = m.group(1) != null ? Long.parseLong(m.group(1), 16) : Long.parseLong(m.group(2));
            if (address <= 0xFFFF_FFFFL) {
                return new LoadAddress(false, 0, (int) address);
            }
        }
        throw new BootException(
                "load address '" + text + "'", "expected 0x100000 for protected mode or 07C0:0000 for real mode");
    }

    int physical() {
        return (segment << 4) + offset;
    }
}
