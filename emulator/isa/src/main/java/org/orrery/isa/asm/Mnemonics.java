package org.orrery.isa.asm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.orrery.isa.Form;
import org.orrery.isa.InstructionSet;
import org.orrery.isa.Operand;

/** The names of instructions. */
final class Mnemonics {
    /**
     * An instruction by one of its names.
     *
     * @param name in capitals
     * @param templates in order of preference
     * @param near whether it is a jump that has a near form
     */
    record Entry(String name, List<Template> templates, boolean near) {}

    private final InstructionSet instructions;
    private final Map<String, Entry> found = new HashMap<>();

    Mnemonics(InstructionSet instructions) {
        this.instructions = instructions;
    }

    boolean contains(String name) {
        return !instructions.forms(name).isEmpty();
    }

    /** The instruction of a name in any case, or null. */
    Entry find(String name) {
        return found.computeIfAbsent(name, this::entry);
    }

    private Entry entry(String name) {
        String capitals = name.toUpperCase(Locale.ROOT);
        List<Template> templates = new ArrayList<>();
        List<Template> undocumented = new ArrayList<>();
        for (Form form : instructions.forms(name)) {
            Template template = Template.of(form, instructions.encoding(form), capitals);
            (form.has("undocumented") ? undocumented : templates).add(template);
        }
        templates.addAll(undocumented);
        boolean near = templates.stream().anyMatch(t -> t.kinds().contains(Operand.JV));
        return templates.isEmpty() ? null : new Entry(capitals, templates, near);
    }
}
