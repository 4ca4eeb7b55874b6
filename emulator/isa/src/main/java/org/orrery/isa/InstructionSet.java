package org.orrery.isa;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The i486 instruction set, read from the resource {@code i486.isa}. Immutable; one instance serves everybody. */
public final class InstructionSet {
    private static final String RESOURCE = "i486.isa";

    private final List<Form> forms;
    private final List<Encoding> encodings;
    private final OpcodeMap opcodes;
    private final Map<String, List<Form>> byName = new HashMap<>();

    private InstructionSet(TableReader table) {
        forms = List.copyOf(table.forms());
        encodings = List.copyOf(table.encodings());
        opcodes = table.opcodes();
        for (Form form : forms) {
            name(form.mnemonic(), form);
            for (String note : form.notes()) {
                nameByNote(note, form);
            }
        }
    }

    /** The table of the i486, read once. */
    public static InstructionSet i486() {
        return I486.TABLE;
    }

    /**
     * Reads a table of the grammar that the header of {@code i486.isa} defines.
     *
     * @param file name of the table, for messages
     * @throws IllegalArgumentException naming file and line, if the table is not valid
     */
    static InstructionSet parse(String file, String text) {
        TableReader table = new TableReader(file);
        table.read(text);
        return new InstructionSet(table);
    }

    /** All rows in the order of the table. */
    public List<Form> forms() {
        return forms;
    }

    /**
     * All rows of a mnemonic (any case), empty if there is none. Rows are also found by the names in their notes
     * {@code alias:}, {@code native:} (with and without W and D) and {@code wait:}; for the latter two the caller
     * applies what the header of {@code i486.isa} says of them.
     */
    public List<Form> forms(String mnemonic) {
        return byName.getOrDefault(mnemonic.toUpperCase(Locale.ROOT), List.of());
    }

    /** The encoding of a row, taken apart. */
    public Encoding encoding(Form form) {
        return encodings.get(form.index());
    }

    OpcodeMap opcodes() {
        return opcodes;
    }

    private void nameByNote(String note, Form form) {
        int colon = note.indexOf(':');
        if (colon < 0) {
            return;
        }
        String name = note.substring(colon + 1);
        name(name, form);
        if (note.startsWith("native:")) {
            if (!form.has("o32")) {
                name(name.concat("W"), form);
            }
            if (!form.has("o16")) {
                name(name.concat("D"), form);
            }
        }
    }

    private void name(String name, Form form) {
        List<Form> named = byName.get(name);
        if (named == null) {
            named = new ArrayList<>();
            byName.put(name, named);
        }
        if (named.isEmpty() || named.get(named.size() - 1) != form) {
            named.add(form);
        }
    }

    /** Holds the table, so that it is read when first asked for. */
    private static final class I486 {
        static final InstructionSet TABLE = load();

        private static InstructionSet load() {
            try (InputStream in = InstructionSet.class.getResourceAsStream(RESOURCE)) {
                return parse(RESOURCE, new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                throw new UncheckedIOException(RESOURCE, e);
            }
        }
    }
}
