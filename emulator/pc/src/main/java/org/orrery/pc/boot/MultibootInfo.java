package org.orrery.pc.boot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the structure that EBX points to. Source: Multiboot Specification 0.6.96, section 3.3. */
final class MultibootInfo {
    /** A module in memory. */
    record PlacedModule(String commandLine, long start, long end) {}

    private static final String LOADER = "Orrery";
    private static final int FLAG_MEMORY = 1;
    private static final int FLAG_COMMAND_LINE = 4;
    private static final int FLAG_MODULES = 8;
    private static final int FLAG_MEMORY_MAP = 0x40;
    private static final int FLAG_LOADER_NAME = 0x200;

    private static final int INFO_LENGTH = 88;
    private static final int MODULE_LENGTH = 16;
    private static final int MAP_ENTRY_LENGTH = 24;
    private static final int MAP_ENTRIES = 3;
    private static final int AVAILABLE = 1;
    private static final int RESERVED = 2;
    private static final int LOWER_KB = 640;
    private static final int MEGABYTE = 1 << 20;

    private final ByteBuffer out;
    private final int address;

    private MultibootInfo(int address, int length) {
        this.address = address;
        out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Bytes that {@link #build} will need. */
    static int length(String commandLine, List<String> moduleLines) {
        int strings = bytes(commandLine).length + bytes(LOADER).length;
        for (String line : moduleLines) {
            strings += bytes(line).length;
        }
        return INFO_LENGTH + MAP_ENTRIES * MAP_ENTRY_LENGTH + moduleLines.size() * MODULE_LENGTH + strings;
    }

    /** The structure and all it points to, for an address. */
    static byte[] build(int address, int memory, String commandLine, List<PlacedModule> modules) {
        List<String> lines = modules.stream().map(PlacedModule::commandLine).toList();
        MultibootInfo info = new MultibootInfo(address, length(commandLine, lines));
        info.fill(memory, commandLine, modules);
        return info.out.array();
    }

    private void fill(int memory, String commandLine, List<PlacedModule> modules) {
        int moduleTable = INFO_LENGTH;
        int map = moduleTable + modules.size() * MODULE_LENGTH;
        out.position(map + MAP_ENTRIES * MAP_ENTRY_LENGTH);
        out.putInt(0, FLAG_MEMORY | FLAG_COMMAND_LINE | FLAG_MODULES | FLAG_MEMORY_MAP | FLAG_LOADER_NAME);
        out.putInt(4, LOWER_KB);
        out.putInt(8, (memory - MEGABYTE) >> 10);
        out.putInt(16, string(commandLine));
        out.putInt(20, modules.size());
        out.putInt(24, address + moduleTable);
        out.putInt(44, MAP_ENTRIES * MAP_ENTRY_LENGTH);
        out.putInt(48, address + map);
        out.putInt(64, string(LOADER));
        for (int i = 0; i < modules.size(); i++) {
            PlacedModule m = modules.get(i);
            int at = moduleTable + i * MODULE_LENGTH;
            out.putInt(at, (int) m.start);
            out.putInt(at + 4, (int) m.end);
            out.putInt(at + 8, string(m.commandLine));
        }
        mapEntry(map, 0, LOWER_KB << 10, AVAILABLE);
        mapEntry(map + MAP_ENTRY_LENGTH, LOWER_KB << 10, MEGABYTE - (LOWER_KB << 10), RESERVED);
        mapEntry(map + 2 * MAP_ENTRY_LENGTH, MEGABYTE, memory - MEGABYTE, AVAILABLE);
    }

    /** An entry's size field does not count itself. */
    private void mapEntry(int at, long base, long length, int type) {
        out.putInt(at, MAP_ENTRY_LENGTH - 4);
        out.putLong(at + 4, base);
        out.putLong(at + 12, length);
        out.putInt(at + 20, type);
    }

    private int string(String text) {
        int at = address + out.position();
        out.put(bytes(text));
        return at;
    }

    private static byte[] bytes(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }
}
