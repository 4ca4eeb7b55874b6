package org.orrery.debugger.measure;

import java.util.ArrayList;
import java.util.List;
import org.orrery.debugger.measure.AddressMap.Range;
import org.orrery.isa.debug.DebugInfo;
import org.orrery.isa.debug.DebugInfo.Kind;
import org.orrery.isa.debug.DebugInfo.Symbol;

/** The address ranges that debug information gives names to. */
public final class Ranges {
    private Ranges() {}

    /** The phases that the sources marked. */
    public static List<Range> phases(DebugInfo info) {
        return info.phases().stream()
                .map(p -> new Range(p.start(), p.end(), p.name()))
                .toList();
    }

    /**
     * The functions: symbols of known size that are functions, and labels that are not local to another one (no dot in the name), each up
     * to the next.
     */
    public static List<Range> functions(DebugInfo info) {
        List<Symbol> starts = info.symbols().stream().filter(Ranges::isFunction).toList();
        List<Range> ranges = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            Symbol symbol = starts.get(i);
            int next = i + 1 < starts.size() ? starts.get(i + 1).address() : 0;
            int end = symbol.size() > 0 ? symbol.address() + symbol.size() : next;
            ranges.add(new Range(symbol.address(), end, symbol.name()));
        }
        return ranges;
    }

    private static boolean isFunction(Symbol symbol) {
        return symbol.kind() == Kind.FUNCTION
                || symbol.kind() == Kind.LABEL && symbol.name().indexOf('.') < 0;
    }
}
