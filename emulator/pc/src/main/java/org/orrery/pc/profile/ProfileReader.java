package org.orrery.pc.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.orrery.cpu.CpuConfig;
import org.orrery.cpu.MemoryTiming;

/** Reads a profile's JSON: name and description, and each other field as {@code {"value": ..., "source": ...}}. */
final class ProfileReader {
    private static final Set<String> VALUES = Set.of(
            "clockHz",
            "memory",
            "cpu",
            "fpu",
            "signature",
            "cpuid",
            "clockRatio",
            "taggedTlb",
            "freeSegments",
            "cache.bytes",
            "cache.ways",
            "dram.firstRead",
            "dram.nextRead",
            "dram.write",
            "dram.rowBytes",
            "dram.rowMiss",
            "external.bytes",
            "external.firstRead",
            "external.nextRead",
            "external.write",
            "uncached",
            "isa.clockHz",
            "isa.port",
            "chipset.port",
            "vga.read",
            "vga.write");

    private static final int MAX_CLOCKS = 1000;
    private static final int MAX_HZ = 1_000_000_000;
    private static final int MAX_ISA_HZ = 100_000_000;
    private static final int MAX_WAYS = 4;
    private static final int MIN_CACHE = 1 << 10;
    private static final int MAX_CACHE = 1 << 16;
    private static final int MAX_EXTERNAL = 1 << 22;
    private static final int MIN_ROW = 1 << 9;
    private static final int MAX_ROW = 1 << 16;

    private final String file;
    private final Map<String, String> settings;
    private JsonNode root;

    /**
     * @param file its name, for messages
     * @param settings values to take in place of the file's
     */
    ProfileReader(String file, Map<String, String> settings) {
        this.file = file;
        this.settings = settings;
    }

    Profile read(byte[] json) {
        try {
            root = new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw wrong(
                    "line " + e.getLocation().getLineNr() + ": not valid JSON: " + firstLine(e.getOriginalMessage()));
        } catch (IOException e) {
            throw wrong(e.getMessage());
        }
        if (!root.isObject()) {
            throw wrong("expected a JSON object");
        }
        Map<String, String> sources = sources();
        settings.forEach((name, value) -> set(name, value, sources));
        CpuConfig cpu = new CpuConfig(
                text("cpu"),
                flag("fpu"),
                signature(),
                flag("cpuid"),
                number("clockRatio", 1, 4),
                size("cache.bytes", MAX_CACHE),
                power("cache.ways", 1, MAX_WAYS),
                memoryTiming(),
                flag("taggedTlb"),
                flag("freeSegments"));
        return new Profile(
                plain("name"),
                plain("description"),
                number("clockHz", 1_000_000, MAX_HZ),
                memory(),
                cpu,
                uncached(),
                deviceTimes(),
                sources);
    }

    /** Replaces a value by a text that is taken as JSON if the old value was no text. */
    private void set(String name, String text, Map<String, String> sources) {
        if (!VALUES.contains(name)) {
            throw wrong("no value '" + name + "' to set; there are " + String.join(", ", new TreeSet<>(VALUES)));
        }
        JsonNode old = value(name);
        ObjectNode field = (ObjectNode) root.get(name);
        if (old.isBoolean() && (text.equals("true") || text.equals("false"))) {
            field.put("value", text.equals("true"));
        } else if (old.isNumber() && text.matches("\\d{1,9}")) {
            field.put("value", Integer.parseInt(text));
        } else {
            field.put("value", text);
        }
        sources.put(name, "Set by the user.");
    }

    private DeviceTimes deviceTimes() {
        return new DeviceTimes(
                number("isa.clockHz", 1_000_000, MAX_ISA_HZ),
                number("isa.port", 1, MAX_CLOCKS),
                number("chipset.port", 1, MAX_CLOCKS),
                number("vga.read", 1, MAX_CLOCKS),
                number("vga.write", 1, MAX_CLOCKS));
    }

    private MemoryTiming memoryTiming() {
        return new MemoryTiming(
                number("dram.firstRead", 1, MAX_CLOCKS),
                number("dram.nextRead", 1, MAX_CLOCKS),
                number("dram.write", 1, MAX_CLOCKS),
                power("dram.rowBytes", MIN_ROW, MAX_ROW),
                number("dram.rowMiss", 0, MAX_CLOCKS),
                size("external.bytes", MAX_EXTERNAL),
                number("external.firstRead", 1, MAX_CLOCKS),
                number("external.nextRead", 1, MAX_CLOCKS),
                number("external.write", 1, MAX_CLOCKS));
    }

    /** A cache's size in bytes, or 0. */
    private int size(String name, int most) {
        return number(name, 0, most) == 0 ? 0 : power(name, MIN_CACHE, most);
    }

    private int power(String name, int least, int most) {
        int value = number(name, least, most);
        if (Integer.bitCount(value) != 1) {
            throw wrong("field '" + name + "': expected a power of two from " + least + " to " + most);
        }
        return value;
    }

    private Map<String, String> sources() {
        Map<String, String> sources = new TreeMap<>();
        for (Iterator<String> names = root.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (VALUES.contains(name)) {
                JsonNode source = root.get(name).path("source");
                if (!source.isTextual() || source.asText().isBlank()) {
                    throw wrong("field '" + name + "' has no source");
                }
                sources.put(name, source.asText());
            } else if (!name.equals("name") && !name.equals("description")) {
                throw wrong("unknown field '" + name + "'");
            }
        }
        return sources;
    }

    private JsonNode value(String name) {
        JsonNode value = root.path(name).path("value");
        if (value.isMissingNode()) {
            throw wrong("field '" + name + "' has no value");
        }
        return value;
    }

    private String plain(String name) {
        JsonNode node = root.path(name);
        if (!node.isTextual()) {
            throw wrong("field '" + name + "': expected a text");
        }
        return node.asText();
    }

    private String text(String name) {
        JsonNode node = value(name);
        if (!node.isTextual()) {
            throw wrong("field '" + name + "': expected a text");
        }
        return node.asText();
    }

    private boolean flag(String name) {
        JsonNode node = value(name);
        if (!node.isBoolean()) {
            throw wrong("field '" + name + "': expected true or false");
        }
        return node.asBoolean();
    }

    private int number(String name, int least, int most) {
        JsonNode node = value(name);
        if (!node.canConvertToExactIntegral()
                || !node.canConvertToInt()
                || node.asInt() < least
                || node.asInt() > most) {
            throw wrong("field '" + name + "': expected a whole number from " + least + " to " + most);
        }
        return node.asInt();
    }

    private int signature() {
        String hex = text("signature");
        if (!hex.matches("[0-9A-Fa-f]{1,8}")) {
            throw wrong("field 'signature': expected hexadecimal digits such as 0404");
        }
        return Integer.parseUnsignedInt(hex, 16);
    }

    private int memory() {
        try {
            return MemorySize.parse(text("memory"));
        } catch (ProfileException e) {
            throw wrong(e.getMessage());
        }
    }

    private List<AddressRange> uncached() {
        try {
            return AddressRange.parse(text("uncached"));
        } catch (ProfileException e) {
            throw wrong("field 'uncached': " + e.getMessage());
        }
    }

    private ProfileException wrong(String what) {
        return new ProfileException(file + ": " + what);
    }

    private static String firstLine(String message) {
        return message == null ? "" : message.lines().findFirst().orElse("").replaceFirst(" \\(start marker at .*", "");
    }
}
