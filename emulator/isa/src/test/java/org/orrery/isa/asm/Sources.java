package org.orrery.isa.asm;

import java.util.Locale;
import java.util.Map;

/** Assembles texts in tests. */
final class Sources {
    private Sources() {}

    static Assembly assemble(String... lines) {
        return assemble(Map.of("t.asm", String.join("\n", lines)));
    }

    /** Assembles {@code t.asm} of some files. */
    static Assembly assemble(Map<String, String> files) {
        return new Assembler(SourceResolver.texts(files)).assemble("t.asm");
    }

    /** The bytes of a flat binary in hexadecimal, two digits each, without spaces. */
    static String hex(String... lines) {
        StringBuilder hex = new StringBuilder();
        for (byte b : assemble(lines).toFlat()) {
            hex.append(String.format(Locale.ROOT, "%02X", b));
        }
        return hex.toString();
    }
}
