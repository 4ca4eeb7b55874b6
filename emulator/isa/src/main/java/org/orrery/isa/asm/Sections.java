package org.orrery.isa.asm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sections of a program, over all passes. */
final class Sections {
    private final Map<String, Section> byName = new LinkedHashMap<>();

    /** Begins a new pass. */
    void clear() {
        byName.values().forEach(Section::clear);
    }

    /** The section of a name, made if it is new. */
    Section open(String name) {
        return byName.computeIfAbsent(name, Section::new);
    }

    List<Section> all() {
        return new ArrayList<>(byName.values());
    }

    int[] sizes() {
        return byName.values().stream().mapToInt(Section::size).toArray();
    }

    /** The value of {@code section.NAME.start} or {@code section.NAME.vstart}, or null. */
    Value symbol(String name) {
        if (!name.startsWith("section.")) {
            return null;
        }
        int dot = name.lastIndexOf('.');
        Section section = dot <= 8 ? null : byName.get(name.substring(8, dot));
        if (section == null) {
            return null;
        }
        return switch (name.substring(dot)) {
            case ".start" -> Value.of(new SectionStart(section), 0);
            case ".vstart" -> Value.of(section, 0);
            default -> null;
        };
    }

    private static long alignment(Directive.Attribute attribute, Pass pass) {
        return pass.powerOfTwo(attribute.number(), attribute.column());
    }

    void apply(Section section, Directive.Attribute attribute, Pass pass) {
        SectionAttributes attributes = section.attributes();
        int column = attribute.column();
        switch (attribute.name()) {
            case "align" -> attributes.align = alignment(attribute, pass);
            case "valign" -> attributes.valign = alignment(attribute, pass);
            case "start" -> attributes.start = pass.critical(attribute.number(), column);
            case "vstart" -> attributes.vstart = pass.critical(attribute.number(), column);
            case "follows" -> attributes.follows = attribute.text();
            case "vfollows" -> attributes.vfollows = attribute.text();
            case "nobits" -> attributes.nobits = true;
            case "progbits" -> attributes.nobits = false;
            case "code", "data", "exec", "noexec", "write", "nowrite", "alloc" -> {
                // Attributes of NASM's other formats; they change no byte here.
            }
            default -> throw new SyntaxException(column, "unknown attribute '" + attribute.name() + "' of a section");
        }
    }
}
