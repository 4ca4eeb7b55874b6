package org.orrery.isa.asm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.orrery.isa.debug.Layout;

/** One pass over the statements: gives labels their addresses and sections their bytes. */
final class Pass implements Scope {
    private static final int MOST_TIMES = 1 << 24;

    /** What became of a statement: bytes {@code from} to {@code to} of a section. */
    record Entry(Statement statement, Section section, int from, int to) {}

    /** A phase: bytes {@code from} to {@code to} of a section. */
    record PhaseRange(String name, Section section, int from, int to) {}

    private record OpenPhase(String name, int from) {}

    private final Sections sections;
    private final Symbols symbols;
    private final Diagnostics diagnostics;
    private final List<Entry> entries = new ArrayList<>();
    private final List<PhaseRange> phases = new ArrayList<>();
    private final Map<Section, OpenPhase> openPhases = new LinkedHashMap<>();
    private final Map<String, Layout> layouts = new LinkedHashMap<>();
    private final Map<String, String> properties = new TreeMap<>();
    private Location location = Location.NONE;
    private Section section;
    /** Where {@code __SECT__} goes back to. */
    private Section lasting;

    private int here;
    private int bits = 16;
    private int instanceStart;
    private Long origin;

    Pass(Sections sections, Symbols symbols, Diagnostics diagnostics) {
        this.sections = sections;
        this.symbols = symbols;
        this.diagnostics = diagnostics;
        sections.clear();
        symbols.beginPass();
        section = sections.open(".text");
        lasting = section;
    }

    void assemble(Statement statement) {
        diagnostics.advance();
        location = statement.location();
        Section before = section;
        here = section.size();
        int from = here;
        try {
            if (statement.label() != null) {
                define(statement.label());
            }
            repeat(statement);
        } catch (SyntaxException e) {
            diagnostics.error(location, e.column, e.getMessage());
        } catch (ExpressionException e) {
            diagnostics.error(location, column(statement), e.getMessage());
        }
        boolean moved = section != before;
        entries.add(new Entry(statement, section, moved ? section.size() : from, section.size()));
    }

    private void define(Statement.Label label) {
        try {
            symbols.define(label.name(), here(), !section.isAbsolute(), location);
        } catch (ExpressionException e) {
            throw new SyntaxException(label.column(), e.getMessage());
        }
    }

    private static int column(Statement statement) {
        List<Token> tokens = statement.line().tokens();
        return tokens.isEmpty() ? 1 : tokens.get(0).column();
    }

    private void repeat(Statement statement) {
        if (statement.times() == null) {
            statement.body().assemble(this);
            return;
        }
        long count = critical(statement.times(), column(statement));
        if (count < 0 || count > MOST_TIMES) {
            throw new ExpressionException("times takes a count from 0 to " + MOST_TIMES + ", not " + count);
        }
        for (long i = 0; i < count; i++) {
            statement.body().assemble(this);
        }
    }

    /** Ends the pass at the end of the source. */
    void finish() {
        openPhases.forEach((in, open) -> phases.add(new PhaseRange(open.name(), in, open.from(), in.size())));
        openPhases.clear();
    }

    @Override
    public Value symbol(String name) {
        Value value = symbols.find(name);
        if (value == null) {
            value = sections.symbol(name);
        }
        if (value != null) {
            return value;
        }
        if (symbols.isFirstPass()) {
            return Value.UNKNOWN;
        }
        throw new ExpressionException("symbol '" + name + "' is not defined");
    }

    @Override
    public Value here() {
        return section.at(here);
    }

    /** The address of the next byte; {@code $} stays where the statement began. */
    Value next() {
        return section.at(section.size());
    }

    @Override
    public Value base() {
        return section.at(0);
    }

    Section section() {
        return section;
    }

    int bits() {
        return bits;
    }

    void bits(int newBits) {
        bits = newBits;
    }

    /** Where the next byte goes: an offset in the section, or an address in absolute space. */
    long offset() {
        Value next = section.at(section.size());
        return next.isScalar() ? next.number() : section.size();
    }

    Location location() {
        return location;
    }

    /** Writes a value where the pass stands; warns if the number does not fit, signed or unsigned. */
    void emit(Value value, int width, int column) {
        if (value.isKnownScalar() && width < 8) {
            long number = value.number();
            long limit = 1L << 8 * width;
            if (number < -limit / 2 || number >= limit) {
                warn(column, number + " does not fit in " + (width == 1 ? "a byte" : width + " bytes"));
            }
        }
        section.emit(value, width, false, location, column);
    }

    /** The value of an expression that must be a plain number known by now. */
    long critical(Expr expr, int column) {
        Value value;
        try {
            value = expr.value(this);
        } catch (ExpressionException e) {
            throw new SyntaxException(column, e.getMessage());
        }
        if (!value.isKnownScalar()) {
            String why = value.unknown() ? "a symbol that is defined later" : "an address";
            throw new SyntaxException(column, "expected a plain number, but it depends on " + why);
        }
        return value.number();
    }

    /** The value of an expression that must be an alignment. */
    long powerOfTwo(Expr expr, int column) {
        long align = critical(expr, column);
        if (Long.bitCount(align) != 1 || align < 0 || align > MOST_TIMES) {
            String range = "an alignment is a power of two up to " + MOST_TIMES;
            throw new SyntaxException(column, range + ", not " + align);
        }
        return align;
    }

    void defineNumber(String name, Value value) {
        if (value.hasRegisters()) {
            throw new ExpressionException("equ takes no registers");
        }
        symbols.define(name, value, false, location);
    }

    void warn(int column, String message) {
        diagnostics.warning(location, column, message);
    }

    void openSection(String name, List<Directive.Attribute> attributes, boolean primitive) {
        section = sections.open(name);
        lasting = primitive ? lasting : section;
        for (Directive.Attribute attribute : attributes) {
            sections.apply(section, attribute, this);
        }
    }

    void lastSection() {
        section = lasting;
    }

    void absolute(long address) {
        section = Section.absolute(address);
    }

    void origin(long address) {
        origin = address;
    }

    /** The operand of {@code org}, or null. */
    Long origin() {
        return origin;
    }

    void raiseAlignment(long align) {
        SectionAttributes attributes = section.attributes();
        attributes.align = Math.max(attributes.align, align);
    }

    void beginInstance() {
        instanceStart = section.size();
    }

    long instanceOffset() {
        return section.size() - instanceStart;
    }

    /** Begins a phase of the section, or with null only ends the one before. */
    void phase(String name) {
        OpenPhase open = openPhases.remove(section);
        if (open != null) {
            phases.add(new PhaseRange(open.name(), section, open.from(), section.size()));
        }
        if (name != null) {
            openPhases.put(section, new OpenPhase(name, section.size()));
        }
    }

    void layout(Layout layout) {
        if (layouts.putIfAbsent(layout.name(), layout) != null) {
            return;
        }
        defineNumber(layout.name(), Value.of(0));
        defineNumber(layout.name() + "_size", Value.of(layout.size()));
        for (Layout.Field field : layout.fields()) {
            defineNumber(layout.name() + "." + field.name(), Value.of(field.offset()));
        }
    }

    void property(String key, String value) {
        properties.put(key, value);
    }

    List<Entry> entries() {
        return entries;
    }

    List<PhaseRange> phases() {
        return phases;
    }

    List<Layout> layouts() {
        return List.copyOf(layouts.values());
    }

    Map<String, String> properties() {
        return properties;
    }
}
