package org.orrery.isa.asm;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The symbols of a program, over all passes. */
final class Symbols {
    /** A name and its value. */
    static final class Symbol {
        final String name;
        Value value;
        Location location;
        boolean label;
        private int pass;

        private Symbol(String name) {
            this.name = name;
        }
    }

    private final Map<String, Symbol> byName = new LinkedHashMap<>();
    private int pass;
    private boolean changed;

    void beginPass() {
        pass++;
        changed = false;
    }

    boolean isFirstPass() {
        return pass == 1;
    }

    /** Whether a value in this pass differed from that of the pass before. */
    boolean changed() {
        return changed;
    }

    /**
     * Gives a symbol its value in this pass.
     *
     * @param label whether it names a place, not a number
     */
    void define(String name, Value value, boolean label, Location location) {
        Symbol symbol = byName.computeIfAbsent(name, Symbol::new);
        if (symbol.pass == pass) {
            throw new ExpressionException("'" + name + "' is already defined at " + symbol.location);
        }
        if (!value.equals(symbol.value)) {
            changed = true;
        }
        symbol.value = value;
        symbol.label = label;
        symbol.location = location;
        symbol.pass = pass;
    }

    /** The symbol's value in this pass, or else in the last, or null. */
    Value find(String name) {
        Symbol symbol = byName.get(name);
        return symbol == null ? null : symbol.value;
    }

    Collection<Symbol> all() {
        return byName.values();
    }
}
