package org.orrery.pc.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whole pages of physical memory.
 *
 * @param first the first address, a multiple of 4,096
 * @param last the last address, one less than a multiple of 4,096
 */
public record AddressRange(int first, int last) {
    private static final Pattern RANGE = Pattern.compile("([0-9A-Fa-f]{1,8})-([0-9A-Fa-f]{1,8})");
    private static final int IN_PAGE = 0xFFF;

    /**
     * Reads a list of ranges.
     *
     * @param text {@code none}, or ranges in hexadecimal such as {@code 300000-3FFFFF,D0000-D3FFF}
     * @throws ProfileException if it is something else
     */
    static List<AddressRange> parse(String text) {
        List<AddressRange> ranges = new ArrayList<>();
        if (!text.equals("none")) {
            for (String range : text.split(",", -1)) {
                ranges.add(one(range.strip()));
            }
        }
        return List.copyOf(ranges);
    }

    private static AddressRange one(String text) {
        Matcher m = RANGE.matcher(text);
        if (!m.matches()) {
            throw new ProfileException("'" + text + "': expected none, or ranges such as 300000-3FFFFF,D0000-D3FFF");
        }
        int first = Integer.parseUnsignedInt(m.group(1), 16);
        int last = Integer.parseUnsignedInt(m.group(2), 16);
        if ((first & IN_PAGE) != 0 || (last & IN_PAGE) != IN_PAGE) {
            throw new ProfileException("'" + text + "': expected whole pages of 4K, from ...000 to ...FFF");
        }
        if (Integer.compareUnsigned(first, last) > 0) {
            throw new ProfileException("'" + text + "': ends before it begins");
        }
        return new AddressRange(first, last);
    }
}
