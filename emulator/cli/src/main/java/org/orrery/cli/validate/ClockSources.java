package org.orrery.cli.validate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.orrery.isa.Encoding;
import org.orrery.isa.Form;
import org.orrery.isa.InstructionSet;

/** Where the figures of an instruction form are from: the rows of the published clocks that speak of it, and what their keys mean. */
public final class ClockSources {
    private static final String KEYS = "sources.md";
    private static final Pattern KEY = Pattern.compile("\\| (S\\d+) \\| (.*) \\|");
    private static final Pattern HEX = Pattern.compile("\\b([0-9A-F]{2})(?:-([0-9A-F]{2}))?(?:[+][ir])?");
    private static final Pattern DIGIT = Pattern.compile("/([0-7])\\b");
    private static final Pattern NAMED_KEY = Pattern.compile("S\\d+");
    private static final Set<String> STRINGS = Set.of("CMPS", "LODS", "MOVS", "SCAS", "STOS", "INS", "OUTS");

    private final List<ClockRow> rows = ClockRow.read();
    private final Map<String, String> meanings = new LinkedHashMap<>();

    public ClockSources() {
        Resources.lines(KEYS)
                .map(KEY::matcher)
                .filter(Matcher::matches)
                .forEach(matcher -> meanings.put(
                        matcher.group(1),
                        matcher.group(2).replace("*", "").replace("`", "").replace(" ,", ",")));
    }

    /** The rows that speak of a form, registers and memory alike. */
    public List<ClockRow> rows(Form form) {
        Encoding encoding = InstructionSet.i486().encoding(form);
        return rows.stream()
                .filter(row -> names(row.mnemonic()).contains(form.mnemonic()) && hasOpcode(row, encoding))
                .toList();
    }

    /** What the keys of some rows mean, in the order of the keys. */
    public Map<String, String> meanings(List<ClockRow> some) {
        Map<String, String> used = new LinkedHashMap<>();
        meanings.forEach((key, meaning) -> {
            if (some.stream().anyMatch(row -> keys(row).contains(key))) {
                used.put(key, meaning);
            }
        });
        return used;
    }

    /** The keys of a row's sources. */
    public static List<String> keys(ClockRow row) {
        List<String> keys = new ArrayList<>();
        Matcher matcher = NAMED_KEY.matcher(row.source());
        while (matcher.find()) {
            keys.add(matcher.group());
        }
        return keys;
    }

    /** The names in the table of forms of what a row calls by one. */
    private static Set<String> names(String mnemonic) {
        Set<String> names = new HashSet<>();
        for (String part : mnemonic.replaceFirst("^REP\\S* ", "").split("/")) {
            String name = part.replaceFirst(" AX$", "").replace("INT (base)", "INT3");
            if (name.endsWith("(P)")) {
                names.add(name.replace("(P)", ""));
                names.add(name.replace("(P)", "P"));
            } else if (STRINGS.contains(name)) {
                names.addAll(List.of(name + "B", name + "W", name + "D"));
            } else if (name.equals("Jcc") || name.equals("SETcc")) {
                String start = name.substring(0, name.length() - 2);
                InstructionSet.i486().forms().stream()
                        .map(Form::mnemonic)
                        .filter(m -> m.startsWith(start) && !m.equals("JMP"))
                        .forEach(names::add);
            } else {
                names.add(name.equals("XLAT") ? "XLATB" : name);
                names.add("FN" + name.substring(1));
            }
        }
        return names;
    }

    private static boolean hasOpcode(ClockRow row, Encoding encoding) {
        String opcode = row.opcode();
        if (opcode.equals("-")) {
            return true;
        }
        if (row.mnemonic().endsWith("(P)")) {
            return encoding.modRm() == Encoding.ModRm.FIXED;
        }
        if (encoding.twoByte() != opcode.startsWith("0F ")) {
            return false;
        }
        boolean fits = false;
        Matcher bytes = HEX.matcher(opcode.replaceFirst("^0F ", ""));
        while (bytes.find()) {
            int first = Integer.parseInt(bytes.group(1), 16);
            int last = bytes.group(2) == null ? first : Integer.parseInt(bytes.group(2), 16);
            int registers = encoding.plusRegister() ? 7 : 0;
            fits |= encoding.opcode() + registers >= first && encoding.opcode() <= last;
        }
        return fits && (encoding.modRm() != Encoding.ModRm.DIGIT || hasDigit(opcode, encoding.value()));
    }

    private static boolean hasDigit(String opcode, int digit) {
        Matcher matcher = DIGIT.matcher(opcode);
        boolean any = false;
        boolean found = false;
        while (matcher.find()) {
            any = true;
            found |= Integer.parseInt(matcher.group(1)) == digit;
        }
        return found || !any;
    }
}
