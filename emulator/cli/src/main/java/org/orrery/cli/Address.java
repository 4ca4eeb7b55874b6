package org.orrery.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads addresses and lengths: decimal, or hexadecimal after {@code 0x}. */
final class Address implements ITypeConverter<Integer> {
    /** An unsigned number of 32 bits. */
    @Override
    public Integer convert(String text) {
        try {
            boolean hex = text.startsWith("0x") || text.startsWith("0X");
            return hex ? Integer.parseUnsignedInt(text.substring(2), 16) : Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is no number of 32 bits, such as 31744 or 0x7c00");
        }
    }
}
