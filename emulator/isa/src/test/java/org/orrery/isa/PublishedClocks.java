package org.orrery.isa;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line of i486-clocks.csv, and what it says of which rows of the table. */
record PublishedClocks(String mnemonic, String operands, String opcode, String clocks, String notes) {
    private static final Pattern MEMORY = Pattern.compile("(?:^|[,/])m(?:\\d|,|$| )");
    private static final Pattern HEX = Pattern.compile("\\b([0-9A-F]{2})(?:-([0-9A-F]{2}))?");
    private static final Pattern DIGIT = Pattern.compile("/([0-7])\\b");
    private static final Set<String> STRINGS = Set.of("CMPS", "LODS", "MOVS", "SCAS", "STOS", "INS", "OUTS");

    static PublishedClocks parse(String line) {
        List<String> columns = new ArrayList<>();
        Matcher matcher = Pattern.compile("(?:\"([^\"]*)\"|([^,]*))(?:,|$)").matcher(line);
        while (columns.size() < 8 && matcher.find()) {
            columns.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        return new PublishedClocks(columns.get(0), columns.get(1), columns.get(2), columns.get(3), columns.get(7));
    }

    boolean isX87() {
        return mnemonic.startsWith("F");
    }

    boolean isMemory() {
        return MEMORY.matcher(operands).find();
    }

    boolean isRegister() {
        return !isMemory() || operands.startsWith("r/m");
    }

    /** The rows that this line speaks of. */
    List<Form> forms(InstructionSet table) {
        Set<Form> named = new HashSet<>();
        for (String name : names()) {
            named.addAll(table.forms(name));
        }
        return named.stream()
                .filter(form -> hasOpcode(table.encoding(form)) && hasOperands(form, table.encoding(form)))
                .toList();
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (String part : mnemonic.replaceFirst("^REP\\S* ", "").split("/")) {
            String name = part.replaceFirst(" AX$", "").replace("INT (base)", "INT3");
            if (name.endsWith("(P)")) {
                names.add(name.replace("(P)", ""));
                names.add(name.replace("(P)", "P"));
            } else if (STRINGS.contains(name)) {
                names.addAll(List.of(name + "B", name + "W", name + "D"));
            } else if (name.endsWith("cc")) {
                String conditions = "O NO C NC Z NZ NA A S NS PE PO L NL NG G";
                for (String condition : conditions.split(" ")) {
                    names.add(name.replace("cc", condition));
                }
            } else {
                names.add(name);
            }
        }
        return names;
    }

    private boolean hasOpcode(Encoding encoding) {
        if (opcode.equals("-")) {
            return true;
        }
        if (encoding.twoByte() != opcode.startsWith("0F ")) {
            return false;
        }
        if (mnemonic.endsWith("(P)")) {
            return encoding.modRm() == Encoding.ModRm.FIXED;
        }
        Set<Integer> bytes = bytes();
        boolean found = false;
        for (int register = 0; register < (encoding.plusRegister() ? 8 : 1); register++) {
            found |= bytes.contains(encoding.opcode() + register);
        }
        return found
                && (encoding.modRm() != Encoding.ModRm.FIXED || bytes.contains(encoding.value()))
                && (encoding.modRm() != Encoding.ModRm.DIGIT || hasDigit(encoding.value()));
    }

    private Set<Integer> bytes() {
        Set<Integer> bytes = new HashSet<>();
        Matcher matcher = HEX.matcher(opcode.replaceFirst("^0F ", ""));
        while (matcher.find()) {
            int first = Integer.parseInt(matcher.group(1), 16);
            int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2), 16);
            for (int value = first; value <= last; value++) {
                bytes.add(value);
            }
        }
        return bytes;
    }

    private boolean hasDigit(int digit) {
        Matcher matcher = DIGIT.matcher(opcode);
        boolean any = false;
        while (matcher.find()) {
            any = true;
            if (Integer.parseInt(matcher.group(1)) == digit) {
                return true;
            }
        }
        return !any;
    }

    private boolean hasOperands(Form form, Encoding encoding) {
        boolean memory = form.operands().stream().anyMatch(operand -> operand.place() == Operand.Place.MEMORY);
        if (isX87() && memory != (isMemory() || opcode.matches(".. /\\d"))) {
            return false;
        }
        if (operands.contains("TR")) {
            return operands.contains("TR3") == (encoding.value() == 3);
        }
        boolean byCl = form.operands().contains(Operand.CL);
        return !(operands.endsWith(",CL") && !byCl)
                && !(operands.endsWith(",imm8") && byCl)
                && !(form.has("o32") && operands.matches(".*\\b[rm]16.*"))
                && !(form.has("o16") && operands.matches(".*\\b[rm]32.*"));
    }

    /** What the row should say, except for ranges. */
    Map<Clock, Integer> expected() {
        Map<Clock, Integer> expected = new EnumMap<>(Clock.class);
        for (String part : clocks.split("; | / (?=\\d)")) {
            one(part, expected);
        }
        Matcher concurrent = Pattern.compile("concurrent (\\d+)").matcher(notes);
        if (concurrent.find()) {
            expected.put(Clock.CONCURRENT, Integer.parseInt(concurrent.group(1)));
        }
        Matcher typical = Pattern.compile("typical ([\\d.]+);").matcher(notes);
        if (typical.find()) {
            expected.put(Clock.TYPICAL, (int) Math.round(Double.parseDouble(typical.group(1))));
        }
        return expected;
    }

    private void one(String part, Map<Clock, Integer> expected) {
        Matcher number = Pattern.compile("(?:INT\\+)?(\\d+)").matcher(part);
        if (!number.find() || part.matches("\\d+-\\d+")) {
            return;
        }
        int value = Integer.parseInt(number.group(1));
        if (part.startsWith("INT+")) {
            interrupt(part, value, expected);
            return;
        }
        for (Clock key : keys(part)) {
            expected.put(key, value);
        }
        Matcher each = Pattern.compile("\\d\\+(\\d?)([cxL])").matcher(part);
        if (each.find()) {
            expected.put(
                    each.group(2).equals("x") ? Clock.PER_PARAM : Clock.PER_ITERATION, Integer.parseInt(each.group(1)));
        }
    }

    /** INT is 26 in real mode, 44 and 71 through a gate, 37 by a task gate and 82 from V86 mode. */
    private void interrupt(String part, int more, Map<Clock, Integer> expected) {
        if (!part.contains("protected")) {
            expected.put(Clock.REAL, 26 + more);
            expected.put(Clock.FROM_V86, 82 + more);
        }
        if (!part.contains("real")) {
            expected.put(Clock.PROTECTED, 44 + more);
            expected.put(Clock.GATE_INNER, 71 + more);
            expected.put(Clock.TASK_GATE, 37 + more);
        }
    }

    private List<Clock> keys(String part) {
        if (mnemonic.matches("REP (?:INS|OUTS)")) {
            return List.of(mode(part, Clock.REP_REAL, Clock.REP_PROTECTED, Clock.REP_PROTECTED_MAP, Clock.REP_V86));
        }
        String where = part + " " + operands;
        if (where.matches(".*\\b(?:real|CPL|V86|protected;?)\\b.*") && !where.contains("gate") && !isReturn()) {
            return List.of(mode(where, Clock.REAL, Clock.PROTECTED, Clock.PROTECTED_MAP, Clock.V86));
        }
        return byWords(part, where);
    }

    private boolean isReturn() {
        return operands.contains("outer level");
    }

    private static Clock mode(String text, Clock real, Clock level, Clock map, Clock v86) {
        if (text.contains("real")) {
            return real;
        }
        return text.contains("CPL>IOPL") ? map : text.contains("V86") ? v86 : level;
    }

    private List<Clock> byWords(String part, String where) {
        if (where.contains("no index")) {
            return List.of(Clock.M, Clock.LEAST);
        }
        boolean memory = isMemory() && !mnemonic.equals("INVLPG");
        String[][] words = {
            {"innerx", "x params"},
            {"inner", "inner"},
            {"gate", "gate same level"},
            {"tgate", "task gate"},
            {"tss", "TSS", "TS+"},
            {"outer", "outer level"},
            {"fromv86", "V86 to PL0"},
            {"p", "trap gate, same level"},
            {memory ? "mn" : "n", "not taken", "no loop", "no hit", "not equal", "in range"},
            {memory ? "mt" : "t", "taken", "loop", "TLB hit", "equal"},
            {"rep0", "c=0", "imm16,0"},
            {"rep1", "c=1", "imm16,1"},
            {"rep", "+3c", "+4c", "+5c", "+7c", "L>1"},
            {"max", "with index"},
            {"dp", "double"},
            {"sp", "single"},
        };
        for (String[] group : words) {
            for (int n = 1; n < group.length; n++) {
                if (where.contains(group[n])) {
                    return List.of(clock(group[0]));
                }
            }
        }
        return precision(part);
    }

    private List<Clock> precision(String part) {
        String[] parts = clocks.split("; ");
        if (parts.length == 3 && !part.equals(parts[0])) {
            return List.of(part.equals(parts[1]) ? Clock.DOUBLE_PRECISION : Clock.SINGLE_PRECISION);
        }
        List<Clock> keys = new ArrayList<>();
        if (isMemory()) {
            keys.add(Clock.M);
        }
        if (isRegister()) {
            keys.add(Clock.R);
        }
        return keys;
    }

    private static Clock clock(String key) {
        for (Clock clock : Clock.values()) {
            if (clock.key().equals(key)) {
                return clock;
            }
        }
        throw new IllegalArgumentException(key);
    }

    /** The two ends of a range, or null. */
    int[] range() {
        Matcher matcher = Pattern.compile("(\\d+)-(\\d+)").matcher(clocks);
        return matcher.matches()
                ? new int[] {Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))}
                : null;
    }
}
