package org.orrery.pc.profile;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes of main memory as people write them: {@code 16M}, {@code 4096K}. */
public final class MemorySize {
    /** The least that a PC with memory above 640 KB has. */
    public static final int SMALLEST = 1 << 20;

    public static final int LARGEST = 256 << 20;

    private static final int PAGE = 4096;
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*([KMG])(I?B)?");

    private MemorySize() {}

    /**
     * Reads a size.
     *
     * @return bytes, a multiple of 4,096
     * @throws ProfileException if it is no size, or none that a machine can have
     */
    public static int parse(String text) {
        Matcher m = SIZE.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!m.matches()) {
            throw new ProfileException("memory size '" + text + "': expected a number with K, M or G, such as 16M");
        }
        int shift = 10 * ("KMG".indexOf(m.group(2)) + 1);
        long bytes = Long.parseLong(m.group(1)) << shift;
        try {
            check(bytes);
        } catch (ProfileException e) {
            throw new ProfileException("memory size '" + text + "': " + e.getMessage());
        }
        return (int) bytes;
    }

    /**
     * Checks a size in bytes.
     *
     * @throws ProfileException if no machine can have it
     */
    public static void check(long bytes) {
        if (bytes < SMALLEST || bytes > LARGEST) {
            throw new ProfileException("must be from 1M to 256M");
        }
        if (bytes % PAGE != 0) {
            throw new ProfileException("must be a multiple of 4K");
        }
    }

    /** Writes a size as {@link #parse} reads it. */
    public static String format(int bytes) {
        return bytes % (1 << 20) == 0 ? (bytes >> 20) + "M" : (bytes >> 10) + "K";
    }
}
