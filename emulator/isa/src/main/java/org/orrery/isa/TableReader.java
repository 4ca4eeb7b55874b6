package org.orrery.isa;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the rows of {@code i486.isa}. Its grammar is defined in the header of that file. */
final class TableReader {
    private static final int COLUMNS = 6;
    /** Flag letters at the place of their bits in EFLAGS; IOPL has two. */
    private static final String FLAG_LETTERS = "C.P.A.ZSTIDOLLN.RVK";

    private static final Set<String> FAULTS = Set.of(
            "UD", "DE", "DB", "BP", "OF", "BR", "NM", "MF", "AC", "PF", "GP(0)", "GP(s)", "NP(s)", "SS(0)", "SS(s)",
            "TS(s)");
    private static final Set<String> NOTES = Set.of(
            "lock", "protected", "o16", "o32", "a16", "a32", "wide", "within", "undocumented", "cpuid", "inferred");
    private static final Set<String> NAME_NOTES = Set.of("alias", "native", "wait");

    private final String file;
    private final Map<String, Operand> operandNames = new HashMap<>();
    private final Map<String, Clock> clockKeys = new HashMap<>();
    private final List<Form> forms = new ArrayList<>();
    private final List<Encoding> encodings = new ArrayList<>();
    /** Columns already read, since many rows repeat them. */
    private final Map<String, int[]> clockColumns = new HashMap<>();

    private final Map<String, int[]> flagColumns = new HashMap<>();
    private final Map<String, List<String>> wordColumns = new HashMap<>();
    private final OpcodeMap opcodes = new OpcodeMap();
    private int line;

    TableReader(String file) {
        this.file = file;
        for (Operand operand : Operand.values()) {
            operandNames.put(operand.notation(), operand);
        }
        for (Clock clock : Clock.values()) {
            clockKeys.put(clock.key(), clock);
        }
    }

    List<Form> forms() {
        return forms;
    }

    List<Encoding> encodings() {
        return encodings;
    }

    OpcodeMap opcodes() {
        return opcodes;
    }

    /**
     * Reads all rows.
     *
     * @throws IllegalArgumentException naming file and line, at the first row that breaks the grammar, contradicts
     *     itself, or stands for the same bytes as another
     */
    void read(String text) {
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            line++;
            if (end > start && text.charAt(start) != '#') {
                try {
                    row(text.substring(start, end));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(file + ":" + line + ": " + e.getMessage(), e);
                }
            }
            start = end + 1;
        }
    }

    private void row(String row) {
        List<String> columns = split(row, '|');
        if (columns.size() != COLUMNS) {
            throw bad(COLUMNS + " columns expected, found " + columns.size());
        }
        Encoding encoding = Encoding.parse(columns.get(0));
        String syntax = columns.get(1);
        int space = syntax.indexOf(' ');
        String mnemonic = space < 0 ? syntax : syntax.substring(0, space);
        List<Operand> operands = space < 0 ? List.of() : operands(syntax.substring(space + 1));
        checkAgainst(encoding, operands);
        int[] flags = flags(columns.get(3));
        Form form = new Form(
                forms.size(),
                columns.get(0),
                mnemonic(mnemonic),
                operands,
                clocks(columns.get(2)),
                flags[0],
                flags[1],
                flags[2],
                faults(columns.get(4)),
                notes(columns.get(5)));
        opcodes.add(form, encoding);
        forms.add(form);
        encodings.add(encoding);
    }

    private static String mnemonic(String name) {
        if (name.isEmpty()) {
            throw bad("mnemonic expected");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'A' && c <= 'Z';
            boolean digit = i > 0 && c >= '0' && c <= '9';
            if (!letter && !digit) {
                throw bad("malformed mnemonic '" + name + "'");
            }
        }
        return name;
    }

    private List<Operand> operands(String text) {
        List<Operand> operands = new ArrayList<>(3);
        for (String name : split(text, ',')) {
            Operand operand = operandNames.get(name);
            if (operand == null) {
                throw bad("unknown operand '" + name + "'");
            }
            operands.add(operand);
        }
        return List.copyOf(operands);
    }

    private static void checkAgainst(Encoding encoding, List<Operand> operands) {
        StringBuilder immediates = new StringBuilder();
        boolean usesModRm = false;
        boolean usesOpcode = false;
        for (Operand operand : operands) {
            if (!operand.encoded().isEmpty()) {
                immediates.append(immediates.length() == 0 ? "" : " ").append(operand.encoded());
            }
            usesModRm |= operand.usesModRm();
            usesOpcode |= operand.place() == Operand.Place.OPCODE;
        }
        if (!encoding.immediates().contentEquals(immediates)) {
            throw bad("encoding ends in '" + encoding.immediates() + "', but the operands need '" + immediates + "'");
        }
        if (encoding.plusRegister() != usesOpcode) {
            throw bad("+r and a Z operand go together");
        }
        if (usesModRm && encoding.modRm() == Encoding.ModRm.NONE) {
            throw bad("an operand needs a ModR/M byte, the encoding has none");
        }
    }

    private int[] clocks(String column) {
        int[] known = clockColumns.get(column);
        if (known != null) {
            return known;
        }
        int[] clocks = new int[Clock.values().length];
        Arrays.fill(clocks, -1);
        for (String item : split(column, ';')) {
            int space = item.indexOf(' ');
            if (space <= 0) {
                throw bad("clocks 'key number' expected, found '" + item + "'");
            }
            Clock clock = clockKeys.get(item.substring(0, space));
            if (clock == null) {
                throw bad("unknown clock key '" + item.substring(0, space) + "'");
            }
            if (clocks[clock.ordinal()] >= 0) {
                throw bad("clock key '" + clock.key() + "' twice");
            }
            clocks[clock.ordinal()] = number(item.substring(space + 1));
        }
        int least = clocks[Clock.LEAST.ordinal()];
        if (least > clocks[Clock.MOST.ordinal()]) {
            throw bad("range of clocks min " + least + " without a greater max");
        }
        clockColumns.put(column, clocks);
        return clocks;
    }

    private static int number(String text) {
        if (text.isEmpty() || text.length() > 4) {
            throw bad("number of clocks expected, found '" + text + "'");
        }
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw bad("number of clocks expected, found '" + text + "'");
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** Masks of EFLAGS: read, written, undefined. */
    private int[] flags(String column) {
        int[] known = flagColumns.get(column);
        if (known != null) {
            return known;
        }
        int[] masks = new int[3];
        for (String group : words(column)) {
            int which = group.length() > 2 && group.charAt(1) == ':' ? "rwu".indexOf(group.charAt(0)) : -1;
            if (which < 0) {
                throw bad("flags 'r:', 'w:' or 'u:' and letters expected, found '" + group + "'");
            }
            for (int i = 2; i < group.length(); i++) {
                masks[which] |= flag(group.charAt(i));
            }
        }
        if ((masks[1] & masks[2]) != 0) {
            throw bad("a flag is both written and undefined");
        }
        flagColumns.put(column, masks);
        return masks;
    }

    private static int flag(char letter) {
        int mask = 0;
        for (int bit = 0; bit < FLAG_LETTERS.length(); bit++) {
            if (letter != '.' && FLAG_LETTERS.charAt(bit) == letter) {
                mask |= 1 << bit;
            }
        }
        if (mask == 0) {
            throw bad("unknown flag '" + letter + "'");
        }
        return mask;
    }

    private List<String> faults(String column) {
        List<String> faults = wordColumns.get(column);
        if (faults == null) {
            faults = words(column);
            for (String fault : faults) {
                if (!FAULTS.contains(fault)) {
                    throw bad("unknown fault '" + fault + "'");
                }
            }
            wordColumns.put(column, faults);
        }
        return faults;
    }

    private static List<String> notes(String column) {
        List<String> notes = words(column);
        for (String note : notes) {
            int colon = note.indexOf(':');
            boolean known = colon < 0 ? NOTES.contains(note) : NAME_NOTES.contains(note.substring(0, colon));
            if (!known) {
                throw bad("unknown note '" + note + "'");
            }
            if (colon >= 0) {
                mnemonic(note.substring(colon + 1));
            }
        }
        return notes;
    }

    /** The words of a column, which is empty or a dash where there are none. */
    private static List<String> words(String column) {
        if (column.isEmpty() || column.equals("-")) {
            return List.of();
        }
        List<String> words = split(column, ' ');
        if (words.size() > 1 && new HashSet<>(words).size() != words.size()) {
            throw bad("'" + column + "' has a word twice");
        }
        return List.copyOf(words);
    }

    /** The parts between separators, without the blanks around them. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>(COLUMNS);
        int start = 0;
        for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
            parts.add(text.substring(start, end).trim());
            start = end + 1;
        }
        parts.add(text.substring(start).trim());
        return parts;
    }

    private static IllegalArgumentException bad(String message) {
        return new IllegalArgumentException(message);
    }
}
