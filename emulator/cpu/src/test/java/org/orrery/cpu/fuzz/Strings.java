package org.orrery.cpu.fuzz;

import org.orrery.isa.Form;

/** Which forms are string instructions, and which of ESI and EDI they use. */
final class Strings {
    private Strings() {}

    static boolean is(Form form) {
        return source(form) || destination(form);
    }

    static boolean source(Form form) {
        return form.operands().stream().anyMatch(o -> o.name().startsWith("X"));
    }

    static boolean destination(Form form) {
        return form.operands().stream().anyMatch(o -> o.name().startsWith("Y"));
    }

    static boolean writes(Form form) {
        String mnemonic = form.mnemonic();
        return mnemonic.startsWith("MOVS") || mnemonic.startsWith("STOS") || mnemonic.startsWith("INS");
    }

    static int size(Form form) {
        return switch (form.mnemonic().charAt(form.mnemonic().length() - 1)) {
            case 'B' -> 1;
            case 'W' -> 2;
            default -> 4;
        };
    }
}
