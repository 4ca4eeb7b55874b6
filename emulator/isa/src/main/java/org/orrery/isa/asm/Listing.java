package org.orrery.isa.asm;

import java.util.Locale;

/** A listing: for each line its address and bytes, and the source. Lines that macros made are marked. */
final class Listing {
    private static final int BYTES_PER_ROW = 8;
    private static final int MOST_ROWS = 4;

    private final Pass pass;
    private final StringBuilder out = new StringBuilder();

    Listing(Pass pass) {
        this.pass = pass;
    }

    @Override
    public String toString() {
        String file = null;
        for (Pass.Entry entry : pass.entries()) {
            Location location = entry.statement().location();
            if (!location.file().equals(file)) {
                file = location.file();
                out.append("; ").append(file).append('\n');
            }
            row(entry, location);
        }
        return out.toString();
    }

    private void row(Pass.Entry entry, Location location) {
        Section section = entry.section();
        int length = entry.to() - entry.from();
        String address = length == 0 ? "" : hex(FixupLinker.resolve(section.at(entry.from())));
        String mark = location.macro().isEmpty() ? " " : "+";
        String text = entry.statement().line().text().stripTrailing();
        String bytes = bytes(section, entry.from(), Math.min(length, BYTES_PER_ROW));
        String row = String.format(Locale.ROOT, "%6d %-8s  %-16s %s %s", location.line(), address, bytes, mark, text);
        out.append(row.stripTrailing()).append('\n');
        continuation(entry, length);
    }

    private void continuation(Pass.Entry entry, int length) {
        Section section = entry.section();
        if (section.isNobits()) {
            return;
        }
        for (int at = BYTES_PER_ROW; at < length; at += BYTES_PER_ROW) {
            if (at >= BYTES_PER_ROW * MOST_ROWS) {
                out.append(String.format(Locale.ROOT, "%6s %-8s  ... %d bytes in all\n", "", "", length));
                return;
            }
            String bytes = bytes(section, entry.from() + at, Math.min(length - at, BYTES_PER_ROW));
            out.append(
                    String.format(Locale.ROOT, "%6s %s  %s\n", "", hex(section.address() + entry.from() + at), bytes));
        }
    }

    private static String hex(long address) {
        return String.format(Locale.ROOT, "%08X", address & 0xFFFFFFFFL);
    }

    private static String bytes(Section section, int from, int count) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < count && !section.isNobits(); i++) {
            int b = section.byteAt(from + i);
            hex.append(Character.forDigit(b >> 4, 16)).append(Character.forDigit(b & 15, 16));
        }
        return hex.toString().toUpperCase(Locale.ROOT);
    }
}
