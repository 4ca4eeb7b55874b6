package org.orrery.isa.asm;

import java.util.List;
import java.util.Map;

/** Fills in what depends on the addresses of sections. */
final class FixupLinker {
    private final Diagnostics diagnostics;

    FixupLinker(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    void link(List<Section> sections) {
        for (Section section : sections) {
            if (!section.isNobits()) {
                section.fixups().forEach(f -> link(section, f));
            }
        }
    }

    private void link(Section section, Section.Fixup fixup) {
        long number = resolve(fixup.value());
        if (fixup.relative()) {
            number -= section.address() + fixup.offset() + fixup.size();
        }
        if (fixup.size() == 1 && fixup.relative() && !Encoder.fitsByte(number)) {
            String message = "the target is " + number + " bytes away, too far for a short jump";
            diagnostics.error(fixup.location(), fixup.column(), message);
        }
        section.patch(fixup, number);
    }

    /** A value with the addresses of sections put in. */
    static long resolve(Value value) {
        long number = value.number();
        for (Map.Entry<Term, Long> term : value.terms().entrySet()) {
            number += term.getValue() * address(term.getKey());
        }
        return number;
    }

    private static long address(Term term) {
        if (term instanceof Section) {
            return ((Section) term).address();
        }
        return ((SectionStart) term).section().loadAddress();
    }
}
