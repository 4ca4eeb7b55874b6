package org.orrery.isa.elf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.orrery.isa.debug.DebugInfo;

/** Writes an executable: a program header for each segment, a section for each, the symbols and the debug information. */
public final class ElfWriter {
    /** A segment and the name of its section. */
    private record Part(String name, Segment segment, int align) {}

    private record Section(
            int name,
            int type,
            int flags,
            int address,
            int offset,
            int size,
            int link,
            int info,
            int align,
            int entry) {}

    private final List<Part> parts = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final ByteArrayOutputStream names = new ByteArrayOutputStream();
    private DebugInfo info = DebugInfo.EMPTY;
    private int entry;

    /** The address of the first instruction. */
    public ElfWriter entry(int address) {
        entry = address;
        return this;
    }

    /**
     * Adds a segment.
     *
     * @param name of its section
     * @param align in bytes, a power of two
     */
    public ElfWriter segment(String name, Segment segment, int align) {
        parts.add(new Part(name, segment, align));
        return this;
    }

    /** The symbols, and all else that a debugger wants to know. */
    public ElfWriter debug(DebugInfo debugInfo) {
        info = debugInfo;
        return this;
    }

    /** The file. Call it once. */
    public byte[] write() {
        int start = Elf.HEADER_SIZE + parts.size() * Elf.PROGRAM_HEADER_SIZE;
        ByteBuffer programHeaders = buffer(parts.size() * Elf.PROGRAM_HEADER_SIZE);
        sections.add(new Section(0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        names.write(0);
        for (Part part : parts) {
            add(part, start, programHeaders);
        }
        addSymbols(start);
        byte[] text = info.toText().getBytes(StandardCharsets.UTF_8);
        section(Elf.DEBUG_SECTION, Elf.SHT_PROGBITS, text, start, 0, 0, 1, 0);
        int name = name(".shstrtab");
        int offset = append(names.toByteArray(), 1, start);
        sections.add(new Section(name, Elf.SHT_STRTAB, 0, 0, offset, names.size(), 0, 0, 1, 0));
        int table = append(sectionHeaders(), 4, start);
        return ByteBuffer.allocate(start + body.size())
                .put(header(table).array())
                .put(programHeaders.array())
                .put(body.toByteArray())
                .array();
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void add(Part part, int start, ByteBuffer headers) {
        Segment s = part.segment();
        int offset = append(s.bytes(), part.align(), start);
        headers.putInt(Elf.PT_LOAD).putInt(offset).putInt(s.virtualAddress()).putInt(s.physicalAddress());
        headers.putInt(s.bytes().length)
                .putInt(s.memorySize())
                .putInt(s.flags())
                .putInt(part.align());
        int flags = Elf.SHF_ALLOC
                | ((s.flags() & Segment.WRITE) != 0 ? Elf.SHF_WRITE : 0)
                | ((s.flags() & Segment.EXECUTE) != 0 ? Elf.SHF_EXECINSTR : 0);
        int type = s.bytes().length == 0 ? Elf.SHT_NOBITS : Elf.SHT_PROGBITS;
        sections.add(new Section(
                name(part.name()), type, flags, s.virtualAddress(), offset, s.memorySize(), 0, 0, part.align(), 0));
    }

    private void section(String name, int type, byte[] data, int start, int link, int info, int align, int entrySize) {
        int offset = append(data, align, start);
        sections.add(new Section(name(name), type, 0, 0, offset, data.length, link, info, align, entrySize));
    }

    private void addSymbols(int start) {
        ByteBuffer table = buffer((info.symbols().size() + 1) * Elf.SYMBOL_SIZE);
        ByteArrayOutputStream strings = new ByteArrayOutputStream();
        strings.write(0);
        table.position(Elf.SYMBOL_SIZE);
        for (DebugInfo.Symbol symbol : info.symbols()) {
            table.putInt(strings.size()).putInt(symbol.address()).putInt(symbol.size());
            table.put((byte) (1 << 4 | type(symbol.kind()))).put((byte) 0);
            table.putShort((short) sectionOf(symbol.address()));
            strings.writeBytes(symbol.name().getBytes(StandardCharsets.UTF_8));
            strings.write(0);
        }
        int stringIndex = sections.size() + 1;
        section(".symtab", Elf.SHT_SYMTAB, table.array(), start, stringIndex, 1, 4, Elf.SYMBOL_SIZE);
        section(".strtab", Elf.SHT_STRTAB, strings.toByteArray(), start, 0, 0, 1, 0);
    }

    private static int type(DebugInfo.Kind kind) {
        return switch (kind) {
            case LABEL -> Elf.STT_NOTYPE;
            case FUNCTION -> Elf.STT_FUNC;
            case OBJECT -> Elf.STT_OBJECT;
        };
    }

    private int sectionOf(int address) {
        for (int i = 0; i < parts.size(); i++) {
            Segment s = parts.get(i).segment();
            if (Integer.compareUnsigned(address - s.virtualAddress(), s.memorySize()) <= 0) {
                return i + 1;
            }
        }
        return Elf.SHN_ABS;
    }

    private int name(String name) {
        int at = names.size();
        names.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        names.write(0);
        return at;
    }

    /** Appends to the file at an aligned offset, which it returns. */
    private int append(byte[] data, int align, int start) {
        while ((start + body.size()) % align != 0) {
            body.write(0);
        }
        int offset = start + body.size();
        body.writeBytes(data);
        return offset;
    }

    private byte[] sectionHeaders() {
        ByteBuffer out = buffer(sections.size() * Elf.SECTION_HEADER_SIZE);
        for (Section s : sections) {
            out.putInt(s.name).putInt(s.type).putInt(s.flags).putInt(s.address).putInt(s.offset);
            out.putInt(s.size).putInt(s.link).putInt(s.info).putInt(s.align).putInt(s.entry);
        }
        return out.array();
    }

    private ByteBuffer header(int sectionTable) {
        ByteBuffer out = buffer(Elf.HEADER_SIZE);
        out.put(new byte[] {0x7F, 'E', 'L', 'F', Elf.CLASS_32, Elf.LITTLE_ENDIAN, Elf.VERSION});
        out.position(16);
        out.putShort((short) Elf.ET_EXEC).putShort((short) Elf.EM_386).putInt(Elf.VERSION);
        out.putInt(entry).putInt(Elf.HEADER_SIZE).putInt(sectionTable).putInt(0);
        out.putShort((short) Elf.HEADER_SIZE).putShort((short) Elf.PROGRAM_HEADER_SIZE);
        out.putShort((short) parts.size()).putShort((short) Elf.SECTION_HEADER_SIZE);
        out.putShort((short) sections.size()).putShort((short) (sections.size() - 1));
        return out;
    }
}
