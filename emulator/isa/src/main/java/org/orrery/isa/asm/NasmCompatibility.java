package org.orrery.isa.asm;

import java.util.Collection;
import org.orrery.isa.debug.Layout;

/** Lets NASM assemble the same source: our own directives as macros of NASM. */
public final class NasmCompatibility {
    private NasmCompatibility() {}

    /**
     * The text of a file to be given to NASM with {@code -P}.
     *
     * @param layouts the structures that the source brings in, for instance those of {@link Assembly#debugInfo}
     */
    public static String preInclude(Collection<Layout> layouts) {
        StringBuilder text = new StringBuilder("%imacro phase 0-1+\n%endmacro\n%imacro debug 1+\n%endmacro\n");
        text.append("%imacro layout 1-2\n");
        for (Layout layout : layouts) {
            String guard = "__layout_" + layout.name();
            text.append("%ifidn %1, ")
                    .append(layout.name())
                    .append("\n%ifndef ")
                    .append(guard)
                    .append('\n');
            text.append("%define ").append(guard).append('\n');
            text.append(layout.toNasmStruc());
            text.append("%endif\n%endif\n");
        }
        return text.append("%endmacro\n").toString();
    }
}
