package org.orrery.isa.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.orrery.isa.debug.DebugInfo;
import org.orrery.isa.debug.DebugInfoException;

/** Reads an ELF file and believes nothing that it says. */
final class ElfReader {
    private static final int MOST_PROGRAM_HEADERS = 256;
    private static final long ADDRESS_SPACE = 1L << 32;

    private record Section(String name, int type, int offset, int size, int link, int entrySize) {}

    private final String name;
    private final byte[] bytes;
    private final ByteBuffer file;
    private final List<Segment> segments = new ArrayList<>();

    ElfReader(byte[] bytes, String name) {
        this.name = name;
        this.bytes = bytes;
        this.file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    ElfImage read() {
        checkHeader();
        readSegments();
        List<Section> sections = readSections();
        return new ElfImage(name, file.getInt(24), List.copyOf(segments), debugInfo(sections));
    }

    private ImageException error(String message) {
        return new ImageException(name + ": " + message);
    }

    private void check(boolean holds, String complaint) {
        if (!holds) {
            throw error(complaint);
        }
    }

    private int half(int offset) {
        return Short.toUnsignedInt(file.getShort(offset));
    }

    /** A range of the file, as an int that can be used as an index. */
    private int range(int offset, long size, String what) {
        long start = Integer.toUnsignedLong(offset);
        check(
                start + size <= bytes.length,
                what + " needs bytes " + start + " to " + (start + size) + ", but the file has only " + bytes.length);
        return (int) start;
    }

    private void checkHeader() {
        check(ElfImage.isElf(bytes), "not an ELF file");
        check(bytes.length >= Elf.HEADER_SIZE, "the ELF header is cut off after " + bytes.length + " bytes");
        check(bytes[4] == Elf.CLASS_32, "not a 32-bit ELF file");
        check(bytes[5] == Elf.LITTLE_ENDIAN, "not a little-endian ELF file");
        check(bytes[6] == Elf.VERSION && file.getInt(20) == Elf.VERSION, "unknown version of ELF");
        check(half(16) == Elf.ET_EXEC, "not an executable, but an ELF file of type " + half(16));
        int machine = half(18);
        check(machine == Elf.EM_386 || machine == Elf.EM_486, "not for the i386, but for ELF machine " + machine);
    }

    private void readSegments() {
        int count = half(44);
        check(
                count <= MOST_PROGRAM_HEADERS,
                count + " program headers; at most " + MOST_PROGRAM_HEADERS + " are expected");
        check(count == 0 || half(42) == Elf.PROGRAM_HEADER_SIZE, "program headers of " + half(42) + " bytes, not 32");
        int table = range(file.getInt(28), (long) count * Elf.PROGRAM_HEADER_SIZE, "the program header table");
        for (int i = 0; i < count; i++) {
            int header = table + i * Elf.PROGRAM_HEADER_SIZE;
            if (file.getInt(header) == Elf.PT_LOAD && file.getInt(header + 20) != 0) {
                segments.add(segment(header, "segment " + i));
            }
        }
        check(!segments.isEmpty(), "nothing to load");
    }

    private Segment segment(int header, String what) {
        int virtual = file.getInt(header + 8);
        int physical = file.getInt(header + 12);
        long fileSize = Integer.toUnsignedLong(file.getInt(header + 16));
        int memorySize = file.getInt(header + 20);
        long memory = Integer.toUnsignedLong(memorySize);
        check(fileSize <= memory, what + " has " + fileSize + " bytes in the file, but only " + memory + " in memory");
        check(
                Integer.toUnsignedLong(virtual) + memory <= ADDRESS_SPACE,
                what + " ends beyond the virtual address space");
        check(
                Integer.toUnsignedLong(physical) + memory <= ADDRESS_SPACE,
                what + " ends beyond the physical address space");
        for (Segment other : segments) {
            boolean before = Integer.compareUnsigned(physical - other.physicalAddress(), other.memorySize()) >= 0;
            boolean after = Integer.compareUnsigned(other.physicalAddress() - physical, memorySize) >= 0;
            check(before && after, what + " overlaps another at " + hex(physical));
        }
        int offset = range(file.getInt(header + 4), fileSize, what);
        byte[] content = Arrays.copyOfRange(bytes, offset, offset + (int) fileSize);
        return new Segment(virtual, physical, content, memorySize, file.getInt(header + 24));
    }

    private static String hex(int address) {
        return "0x" + Integer.toHexString(address);
    }

    private List<Section> readSections() {
        int count = half(48);
        if (count == 0) {
            return List.of();
        }
        check(half(46) == Elf.SECTION_HEADER_SIZE, "section headers of " + half(46) + " bytes, not 40");
        int table = range(file.getInt(32), (long) count * Elf.SECTION_HEADER_SIZE, "the section header table");
        int nameIndex = half(50);
        check(nameIndex < count, "the section names are in section " + nameIndex + " of " + count);
        int names = table + nameIndex * Elf.SECTION_HEADER_SIZE;
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sections.add(section(table + i * Elf.SECTION_HEADER_SIZE, names, i));
        }
        return sections;
    }

    private Section section(int header, int names, int index) {
        String what = "section " + index;
        int type = file.getInt(header + 4);
        int size = file.getInt(header + 20);
        boolean inFile = type != Elf.SHT_NOBITS && type != 0;
        int offset = inFile ? range(file.getInt(header + 16), Integer.toUnsignedLong(size), what) : 0;
        String sectionName = string(file.getInt(names + 16), file.getInt(names + 20), file.getInt(header), what);
        return new Section(
                sectionName, type, offset, inFile ? size : 0, file.getInt(header + 24), file.getInt(header + 36));
    }

    /** A string of a string table, given by the table's place in the file. */
    private String string(int tableOffset, int tableSize, int at, String what) {
        int table = range(tableOffset, Integer.toUnsignedLong(tableSize), "the name of " + what);
        check(
                Integer.compareUnsigned(at, tableSize) < 0 || at == 0,
                "the name of " + what + " lies outside of its table");
        int end = table + at;
        while (end < table + tableSize && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, table + at, end - table - at, StandardCharsets.UTF_8);
    }

    private DebugInfo debugInfo(List<Section> sections) {
        for (Section section : sections) {
            if (section.name.equals(Elf.DEBUG_SECTION)) {
                String text = new String(bytes, section.offset, section.size, StandardCharsets.UTF_8);
                try {
                    return DebugInfo.read(name + ", section " + Elf.DEBUG_SECTION, text);
                } catch (DebugInfoException e) {
                    throw new ImageException(e.getMessage());
                }
            }
        }
        DebugInfo.Builder builder = new DebugInfo.Builder();
        for (Section section : sections) {
            if (section.type == Elf.SHT_SYMTAB) {
                readSymbols(section, sections, builder);
            }
        }
        return builder.build();
    }

    private void readSymbols(Section table, List<Section> sections, DebugInfo.Builder builder) {
        check(table.entrySize == Elf.SYMBOL_SIZE, "symbols of " + table.entrySize + " bytes, not 16");
        check(table.link >= 0 && table.link < sections.size(), "the symbol table names no section for its strings");
        Section strings = sections.get(table.link);
        for (int at = table.offset; at + Elf.SYMBOL_SIZE <= table.offset + table.size; at += Elf.SYMBOL_SIZE) {
            int type = bytes[at + 12] & 0xF;
            boolean defined = half(at + 14) != 0;
            if (!defined || type > Elf.STT_FUNC) {
                continue;
            }
            String symbol = string(strings.offset, strings.size, file.getInt(at), "a symbol");
            if (!symbol.isEmpty()) {
                int size = file.getInt(at + 8);
                builder.symbol(new DebugInfo.Symbol(symbol, file.getInt(at + 4), size, kind(type)));
            }
        }
    }

    private static DebugInfo.Kind kind(int type) {
        return switch (type) {
            case Elf.STT_FUNC -> DebugInfo.Kind.FUNCTION;
            case Elf.STT_OBJECT -> DebugInfo.Kind.OBJECT;
            default -> DebugInfo.Kind.LABEL;
        };
    }
}
