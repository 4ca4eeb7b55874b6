package org.orrery.isa.asm;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.orrery.isa.debug.DebugInfo;
import org.orrery.isa.elf.ElfWriter;
import org.orrery.isa.elf.Segment;

/** An assembled program. */
public final class Assembly {
    /** Largest flat binary, in bytes; a larger one has a section at a wrong address. */
    private static final long LARGEST = 1L << 26;

    private final Symbols symbols;
    private final Pass pass;
    private final List<Section> sections;
    private final List<Diagnostic> warnings;
    private final DebugInfo debugInfo;

    Assembly(Sections all, Symbols symbols, Pass pass, Diagnostics diagnostics) {
        this.symbols = symbols;
        this.pass = pass;
        try {
            sections = new SectionLayout(all.all(), pass.origin()).place();
        } catch (ExpressionException e) {
            throw AssemblyException.of(start(), e.getMessage());
        }
        new FixupLinker(diagnostics).link(sections);
        if (diagnostics.hasErrors()) {
            throw diagnostics.exception();
        }
        warnings = diagnostics.all();
        debugInfo = new DebugInfoMaker(symbols, pass).make();
    }

    private Location start() {
        return pass.entries().isEmpty()
                ? Location.NONE
                : pass.entries().get(0).statement().location();
    }

    /** What the assembler found doubtful. */
    public List<Diagnostic> warnings() {
        return warnings;
    }

    /** Symbols, phases, layouts and source lines. */
    public DebugInfo debugInfo() {
        return debugInfo;
    }

    /**
     * The address or number that a symbol stands for.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public long valueOf(String symbol) {
        Value value = symbols.find(symbol);
        if (value == null) {
            throw new IllegalArgumentException("there is no symbol '" + symbol + "'");
        }
        return FixupLinker.resolve(value);
    }

    /** The load address of the first byte of {@link #toFlat}. */
    public long loadAddress() {
        return sections.stream()
                .filter(s -> !s.isNobits() && s.size() > 0)
                .mapToLong(Section::loadAddress)
                .findFirst()
                .orElse(0);
    }

    /**
     * The bytes as {@code nasm -f bin} writes them: from the origin on, gaps filled with zeros.
     *
     * @throws AssemblyException if a gap is far too long
     */
    public byte[] toFlat() {
        List<Section> filled = sections.stream().filter(s -> !s.isNobits()).toList();
        long base = pass.origin() != null
                ? pass.origin()
                : filled.isEmpty() ? 0 : filled.get(0).loadAddress();
        byte[] flat = new byte[0];
        for (Section section : filled) {
            if (section.size() == 0) {
                continue;
            }
            long from = section.loadAddress() - base;
            long end = from + section.size();
            if (from < 0 || end > LARGEST) {
                String where = "section " + section.name + " lies " + from + " bytes after the first";
                throw AssemblyException.of(start(), where + "; a flat binary has at most " + LARGEST);
            }
            flat = Arrays.copyOf(flat, (int) Math.max(flat.length, end));
            System.arraycopy(section.bytes(), 0, flat, (int) from, section.size());
        }
        return flat;
    }

    /**
     * The program as an ELF executable, with symbols and debug information. It starts at {@code _start}, or at the first
     * byte of {@code .text}.
     */
    public byte[] toElf() {
        ElfWriter writer = new ElfWriter().entry((int) entry()).debug(debugInfo);
        for (Section section : sections) {
            if (section.size() > 0) {
                int align = (int) Math.max(1, section.attributes().align);
                Segment segment = new Segment(
                        (int) section.address(),
                        (int) section.physicalAddress(),
                        section.bytes(),
                        section.size(),
                        flags(section));
                writer.segment(section.name, segment, align);
            }
        }
        return writer.write();
    }

    private long entry() {
        Value start = symbols.find("_start");
        if (start != null) {
            return FixupLinker.resolve(start);
        }
        return sections.stream()
                .filter(s -> s.name.equals(".text"))
                .mapToLong(Section::address)
                .findFirst()
                .orElse(0);
    }

    private static int flags(Section section) {
        return section.name.startsWith(".text") ? Segment.READ | Segment.EXECUTE : Segment.READ | Segment.WRITE;
    }

    /** Addresses, bytes and source lines, those from macros included. */
    public String listing() {
        return new Listing(pass).toString();
    }

    /** All equates: names and numbers that are no addresses. */
    public Map<String, Long> constants() {
        Map<String, Long> constants = new TreeMap<>();
        for (Symbols.Symbol symbol : symbols.all()) {
            if (!symbol.label) {
                constants.put(symbol.name, FixupLinker.resolve(symbol.value));
            }
        }
        return constants;
    }
}
