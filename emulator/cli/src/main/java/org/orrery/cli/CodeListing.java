package org.orrery.cli;

import java.io.PrintWriter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.TreeMap;
import org.orrery.isa.Disassembler;
import org.orrery.isa.Disassembly;
import org.orrery.isa.InstructionSet;
import org.orrery.isa.debug.DebugInfo;
import org.orrery.isa.elf.Segment;

/** Prints code: address, bytes, instruction, and a line for each symbol. An instruction never runs over a symbol. */
final class CodeListing {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final DebugInfo symbols;
    private final Disassembler disassembler;
    private final boolean code32;
    private final PrintWriter out;
    /** Names by address, unsigned. */
    private final TreeMap<Long, String> labels = new TreeMap<>();

    CodeListing(DebugInfo symbols, boolean code32, PrintWriter out) {
        this.symbols = symbols;
        this.code32 = code32;
        this.out = out;
        for (DebugInfo.Symbol symbol : symbols.symbols()) {
            labels.merge(Integer.toUnsignedLong(symbol.address()), symbol.name(), (a, b) -> a + ", " + b);
        }
        disassembler = new Disassembler(InstructionSet.i486(), this::name);
    }

    private String name(int address) {
        String name = symbols.describe(address);
        return name.isEmpty() ? null : name;
    }

    /** Prints {@code length} bytes of a segment from an address on. */
    void print(Segment segment, int address, int length) {
        int at = address - segment.virtualAddress();
        int end = at + length;
        while (at < end) {
            int here = segment.virtualAddress() + at;
            String label = labels.get(Integer.toUnsignedLong(here));
            if (label != null) {
                out.printf(Locale.ROOT, "%n%08X <%s>:%n", here, label);
            }
            int limit = Math.min(end, at + toNextLabel(here));
            Disassembly line = disassembler.disassemble(segment.bytes(), at, limit, code32, here);
            String bytes = HEX.formatHex(segment.bytes(), at, at + line.length());
            out.printf(Locale.ROOT, "%08X  %-20s %s%n", here, bytes, line.text());
            at += line.length();
        }
    }

    private int toNextLabel(int address) {
        Long next = labels.higherKey(Integer.toUnsignedLong(address));
        return next == null
                ? Integer.MAX_VALUE >> 1
                : (int) Math.min(next - Integer.toUnsignedLong(address), Integer.MAX_VALUE >> 1);
    }
}
