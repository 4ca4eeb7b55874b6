package org.orrery.isa.debug;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.function.ToIntFunction;

/** What is known of a program beyond its bytes. Addresses are linear, 32 bits, unsigned. */
public final class DebugInfo {
    /** Nothing is known. */
    public static final DebugInfo EMPTY = new DebugInfo(new Builder());

    /** Beyond this many bytes after a symbol of unknown size an address is not described by it. */
    private static final int FAR = 0x10000;

    /** What a symbol stands for. */
    public enum Kind {
        LABEL,
        FUNCTION,
        OBJECT
    }

    /**
     * A name for an address.
     *
     * @param size bytes, or 0 if nobody knows
     */
    public record Symbol(String name, int address, int size, Kind kind) {}

    /**
     * A range of addresses that belongs to a named phase.
     *
     * @param end the address after the last
     */
    public record Phase(String name, int start, int end) {
        /** Whether an address lies in it. */
        public boolean contains(int address) {
            return Integer.compareUnsigned(address - start, end - start) < 0;
        }
    }

    /** The bytes that a line of source became. */
    public record SourceLine(int address, int length, String file, int line) {}

    private final List<Symbol> symbols;
    /** The symbols of known size. */
    private final List<Symbol> sized;

    private final List<Phase> phases;
    private final List<Layout> layouts;
    private final List<SourceLine> lines;
    private final Map<String, String> properties;
    private final Map<String, Symbol> byName = new HashMap<>();

    private DebugInfo(Builder builder) {
        symbols = sorted(builder.symbols, Symbol::address);
        sized = symbols.stream().filter(s -> s.size() > 0).toList();
        phases = sorted(builder.phases, Phase::start);
        lines = sorted(builder.lines, SourceLine::address);
        layouts = List.copyOf(builder.layouts);
        properties = new TreeMap<>(builder.properties);
        symbols.forEach(s -> byName.putIfAbsent(s.name(), s));
    }

    private static <T> List<T> sorted(List<T> list, ToIntFunction<T> address) {
        List<T> copy = new ArrayList<>(list);
        copy.sort(Comparator.comparingLong(t -> Integer.toUnsignedLong(address.applyAsInt(t))));
        return List.copyOf(copy);
    }

    /** The symbols by address; those of one address in the order in which they were given. */
    public List<Symbol> symbols() {
        return symbols;
    }

    /** The phases by address. */
    public List<Phase> phases() {
        return phases;
    }

    /** The structures. */
    public List<Layout> layouts() {
        return layouts;
    }

    /** The source lines by address. */
    public List<SourceLine> lines() {
        return lines;
    }

    /** What the program says about itself, for instance {@code abi} with the value {@code l4-v2}. */
    public Map<String, String> properties() {
        return new TreeMap<>(properties);
    }

    /** The symbol of a name; of several the one at the lowest address. */
    public Optional<Symbol> symbol(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The structure of a name. */
    public Optional<Layout> layout(String name) {
        return layouts.stream().filter(l -> l.name().equals(name)).findFirst();
    }

    /**
     * The symbol that describes an address best: one of just this address, else one whose bytes it lies in, else the last
     * one before of unknown size.
     */
    public Optional<Symbol> symbolAt(int address) {
        Symbol nearest = lastSymbol(symbols, address);
        if (nearest == null || nearest.address() == address) {
            return Optional.ofNullable(nearest);
        }
        Symbol around = lastSymbol(sized, address);
        if (around != null && Integer.compareUnsigned(address - around.address(), around.size()) < 0) {
            return Optional.of(around);
        }
        boolean near = nearest.size() == 0 && Integer.compareUnsigned(address - nearest.address(), FAR) < 0;
        return near ? Optional.of(nearest) : Optional.empty();
    }

    /** The last symbol at or before an address, of several at one address the first; or null. */
    private static Symbol lastSymbol(List<Symbol> symbols, int address) {
        int at = last(address, symbols.size(), i -> symbols.get(i).address());
        while (at > 0 && symbols.get(at - 1).address() == symbols.get(at).address()) {
            at--;
        }
        return at < 0 ? null : symbols.get(at);
    }

    /** An address by its symbol, for instance {@code ipc_send+0x12}; empty if none is near. */
    public String describe(int address) {
        return symbolAt(address)
                .map(s -> s.address() == address
                        ? s.name()
                        : s.name() + "+0x" + Integer.toHexString(address - s.address()))
                .orElse("");
    }

    /** The phase that an address lies in; of nested ones the innermost. */
    public Optional<Phase> phaseAt(int address) {
        int at = last(address, phases.size(), i -> phases.get(i).start());
        while (at >= 0 && !phases.get(at).contains(address)) {
            at--;
        }
        return at < 0 ? Optional.empty() : Optional.of(phases.get(at));
    }

    /** The source line that an address came from. */
    public Optional<SourceLine> lineAt(int address) {
        int at = last(address, lines.size(), i -> lines.get(i).address());
        if (at < 0) {
            return Optional.empty();
        }
        SourceLine line = lines.get(at);
        boolean inside = Integer.compareUnsigned(address - line.address(), line.length()) < 0;
        return inside ? Optional.of(line) : Optional.empty();
    }

    /** The index of the last of some sorted addresses that is not above an address, or -1. */
    private static int last(int address, int size, IntUnaryOperator addressOf) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = low + high >>> 1;
            if (Integer.compareUnsigned(addressOf.applyAsInt(middle), address) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** All of several programs that share an address space, for instance a kernel and its modules. */
    public static DebugInfo merge(DebugInfo... infos) {
        Builder builder = new Builder();
        Arrays.stream(infos).forEach(builder::add);
        return builder.build();
    }

    /** The text form that {@link #read} reads. */
    public String toText() {
        return DebugText.write(this);
    }

    /**
     * Reads the text form.
     *
     * @param file its name, for messages
     * @throws DebugInfoException naming file and line, if it is not valid
     */
    public static DebugInfo read(String file, String text) {
        return new DebugText(file).read(text);
    }

    /** Gathers what is known of a program. */
    public static final class Builder {
        private final List<Symbol> symbols = new ArrayList<>();
        private final List<Phase> phases = new ArrayList<>();
        private final List<Layout> layouts = new ArrayList<>();
        private final List<SourceLine> lines = new ArrayList<>();
        private final Map<String, String> properties = new TreeMap<>();

        /** Adds a symbol. */
        public Builder symbol(Symbol symbol) {
            symbols.add(symbol);
            return this;
        }

        /** Adds a phase. */
        public Builder phase(Phase phase) {
            phases.add(phase);
            return this;
        }

        /** Adds a structure, unless there is one of its name already. */
        public Builder layout(Layout layout) {
            if (layouts.stream().noneMatch(l -> l.name().equals(layout.name()))) {
                layouts.add(layout);
            }
            return this;
        }

        /** Adds a source line. */
        public Builder line(SourceLine line) {
            lines.add(line);
            return this;
        }

        /** Adds a property; the first value given to a key counts. */
        public Builder property(String key, String value) {
            properties.putIfAbsent(key, value);
            return this;
        }

        /** Adds all that another info has. */
        public Builder add(DebugInfo info) {
            symbols.addAll(info.symbols);
            phases.addAll(info.phases);
            lines.addAll(info.lines);
            info.layouts.forEach(this::layout);
            info.properties.forEach(this::property);
            return this;
        }

        /** What has been gathered. */
        public DebugInfo build() {
            return new DebugInfo(this);
        }
    }
}
