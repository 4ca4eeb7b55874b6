package org.orrery.debugger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The guest's symbols by name and by linear address. Where two have one name, the first one given counts. */
public final class Symbols {
    /**
     * A name for an address.
     *
     * @param address linear
     * @param size bytes, or 0 if nobody knows
     */
    public record Symbol(String name, int address, int size) {}

    /** Beyond this many bytes after a symbol of unknown size an address is not described by it. */
    private static final int FAR = 0x10000;

    private final Map<String, Symbol> byName = new HashMap<>();
    private final TreeMap<Integer, Symbol> byAddress = new TreeMap<>(Integer::compareUnsigned);

    public Symbols(Collection<Symbol> symbols) {
        for (Symbol s : symbols) {
            byName.putIfAbsent(s.name, s);
            byAddress.putIfAbsent(s.address, s);
        }
    }

    public boolean isEmpty() {
        return byName.isEmpty();
    }

    /**
     * The linear address of a symbol.
     *
     * @throws DebugException if there is none of that name
     */
    public int address(String name) {
        Symbol symbol = byName.get(name);
        if (symbol == null) {
            throw new DebugException("there is no symbol '" + name + "'" + similar(name));
        }
        return symbol.address;
    }

    private String similar(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        List<String> near = byName.keySet().stream()
                .filter(n -> n.toLowerCase(Locale.ROOT).contains(lower))
                .sorted()
                .limit(4)
                .toList();
        return near.isEmpty() ? "" : "; near it: " + String.join(", ", near);
    }

    /** A linear address by the last symbol before it, such as {@code main+0x10}; empty if none is near. */
    public String describe(int linear) {
        Map.Entry<Integer, Symbol> entry = byAddress.floorEntry(linear);
        if (entry == null) {
            return "";
        }
        Symbol symbol = entry.getValue();
        int offset = linear - symbol.address;
        if (Integer.compareUnsigned(offset, symbol.size == 0 ? FAR : Math.max(symbol.size, 1)) >= 0) {
            return "";
        }
        return offset == 0 ? symbol.name : symbol.name + "+0x" + Integer.toHexString(offset);
    }

    /** The symbols whose names contain a text, in any case, by address. */
    public List<Symbol> matching(String part) {
        String lower = part.toLowerCase(Locale.ROOT);
        List<Symbol> found = new ArrayList<>(byName.values());
        found.removeIf(s -> !s.name.toLowerCase(Locale.ROOT).contains(lower));
        found.sort(Comparator.<Symbol, Integer>comparing(Symbol::address, Integer::compareUnsigned)
                .thenComparing(Symbol::name));
        return found;
    }

    /** All names, for completion. */
    public Collection<String> names() {
        return byName.keySet();
    }
}
