package org.orrery.isa.asm;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.orrery.isa.Encoding;
import org.orrery.isa.Form;
import org.orrery.isa.InstructionSet;
import org.orrery.isa.Operand;

/** Source lines that use every documented form of the table, under each of its names, with operands of many kinds. */
final class FormCorpus {
    private static final List<String> MEMORY = List.of(
            "ebx",
            "ebp",
            "esp",
            "ebx+5",
            "ebx+127",
            "ebx+128",
            "ebx-128",
            "ebx-129",
            "ebp+ecx*4",
            "esi*8+0x1234",
            "eax*2",
            "eax*3+7",
            "esp+eax",
            "edi*4",
            "nosplit edx*2",
            "0x12345678",
            "es:edi",
            "fs:0x40",
            "byte ecx",
            "dword ecx",
            "edx+edx*8-1",
            "ecx+esi+label",
            "label",
            "word 0x55",
            "bx+si",
            "bp",
            "di-3",
            "si+200",
            "bp+di+0x1234",
            "gs:bx",
            "-1",
            "word bx+1");
    private static final List<String> NUMBERS = List.of(
            "0", "1", "-1", "5", "127", "128", "-128", "-129", "255", "256", "32767", "32768", "65535", "-32768");
    private static final List<String> DWORDS =
            List.of("65536", "0x7fffffff", "0x80000000", "0xffffffff", "label", "-65537");

    private final Set<String> lines = new LinkedHashSet<>();

    /** The lines; they refer to a label {@code label}. */
    static List<String> lines() {
        FormCorpus corpus = new FormCorpus();
        for (Form form : InstructionSet.i486().forms()) {
            if (!form.has("undocumented")) {
                corpus.add(form);
            }
        }
        return List.copyOf(corpus.lines);
    }

    private void add(Form form) {
        boolean sized = form.has("o16") || form.has("o32");
        for (int bits = 16; bits <= 32; bits += 16) {
            if ((!sized || form.has("o" + bits)) && !isUnknownToNasm(form, bits)) {
                for (String name : names(form, bits)) {
                    add(name, form, bits);
                }
            }
        }
    }

    /** A word extended to a word. */
    private static boolean isUnknownToNasm(Form form, int bits) {
        return bits == 16
                && form.operands().equals(List.of(Operand.GV, Operand.EW))
                && form.mnemonic().startsWith("MOV");
    }

    private static List<String> names(Form form, int bits) {
        List<String> names = new ArrayList<>();
        names.add(form.mnemonic());
        for (String note : form.notes()) {
            int colon = note.indexOf(':');
            String name = note.substring(colon + 1);
            if (note.startsWith("alias:") || note.startsWith("wait:")) {
                names.add(name);
            } else if (note.startsWith("native:")) {
                names.add(name + (bits == 16 ? "W" : "D"));
            }
        }
        return names;
    }

    private void add(String name, Form form, int bits) {
        List<List<String>> choices = new ArrayList<>();
        boolean string = form.operands().stream().anyMatch(k -> k.place() == Operand.Place.STRING);
        for (Operand kind : string ? List.<Operand>of() : form.operands()) {
            choices.add(choices(name, form, kind, bits));
        }
        int longest = choices.stream().mapToInt(List::size).max().orElse(1);
        for (int shift = 0; shift < (choices.size() > 1 ? 10 : 1); shift += 5) {
            for (int step = 0; step < longest; step++) {
                add(name, choices, step, shift);
            }
        }
    }

    /** A line with one choice for each operand: over all steps every choice has its turn, beside different others. */
    private void add(String name, List<List<String>> choices, int step, int shift) {
        List<String> operands = new ArrayList<>();
        for (int i = 0; i < choices.size(); i++) {
            operands.add(choices.get(i).get((step + i * shift) % choices.get(i).size()));
        }
        line(name, operands);
    }

    private void line(String name, List<String> operands) {
        lines.add((name.toLowerCase(Locale.ROOT) + " " + String.join(", ", operands)).strip());
    }

    private static List<String> choices(String name, Form form, Operand kind, int bits) {
        int size = kind.size(bits == 32);
        switch (kind.place()) {
            case RM:
                List<String> both = new ArrayList<>(registers(form, kind, size, bits));
                both.addAll(memory(size));
                return both;
            case MEMORY:
                boolean far = kind == Operand.MP && (name.equals("JMP") || name.equals("CALL"));
                return far ? farMemory(bits) : memory(size);
            case REG, OPCODE:
                return registers(form, kind, size, bits);
            case RM_REGISTER:
                return List.of("eax", "esp", "edi");
            case SPECIAL:
                return special(form, kind);
            case IMMEDIATE:
                return numbers(name, kind, size, bits);
            case RELATIVE:
                return targets(name, kind, bits);
            case FAR:
                String keyword = bits == 16 ? "word " : "dword ";
                return List.of(keyword + "8:0x1234", keyword + "0xffff:label");
            case OFFSET:
                return offsets(size);
            case X87:
                return List.of("st1", "st0", "st7");
            default:
                return List.of(fixed(kind, bits));
        }
    }

    private static List<String> registers(Form form, Operand kind, int size, int bits) {
        boolean wide = kind == Operand.EW && form.has("wide") && bits == 32;
        if (form.mnemonic().equals("BSWAP")) {
            return List.of("ecx", "eax", "edi");
        }
        return switch (wide ? 4 : size) {
            case 1 -> List.of("cl", "al", "bh", "dl");
            case 2 -> List.of("cx", "ax", "di", "sp");
            default -> List.of("ecx", "eax", "edi", "esp");
        };
    }

    private static List<String> memory(int size) {
        String keyword = keyword(size);
        return MEMORY.stream().map(m -> keyword + "[" + m + "]").toList();
    }

    private static List<String> offsets(int size) {
        String keyword = keyword(size);
        return List.of("label", "0x1234", "es:0x55", "dword 0x55", "word 0x55", "-1").stream()
                .map(m -> keyword + "[" + m + "]")
                .toList();
    }

    private static List<String> farMemory(int bits) {
        String keyword = bits == 16 ? "word far " : "dword far ";
        return MEMORY.stream().map(m -> keyword + "[" + m + "]").toList();
    }

    private static String keyword(int size) {
        return switch (size) {
            case 1 -> "byte ";
            case 2 -> "word ";
            case 4 -> "dword ";
            case 8 -> "qword ";
            case 10 -> "tword ";
            default -> "";
        };
    }

    private static List<String> special(Form form, Operand kind) {
        Encoding encoding = InstructionSet.i486().encoding(form);
        if (encoding.modRm() == Encoding.ModRm.DIGIT) {
            String letter = kind == Operand.CD ? "cr" : kind == Operand.TD ? "tr" : "dr";
            return List.of(letter + encoding.value());
        }
        return switch (kind) {
            case SW ->
                form.operands().get(0) == Operand.SW
                        ? List.of("es", "ss", "ds", "fs", "gs")
                        : List.of("es", "cs", "ss", "ds", "fs", "gs");
            case DD -> List.of("dr0", "dr3", "dr6", "dr7");
            default -> List.of("cr0");
        };
    }

    private static List<String> numbers(String name, Operand kind, int size, int bits) {
        if (kind == Operand.IB || kind == Operand.IW) {
            return kind == Operand.IB ? List.of("1", "0", "2", "127", "128", "255") : List.of("4", "0", "65535");
        }
        boolean push = name.equals("PUSH");
        String keyword = push ? bits == 16 ? "word " : "dword " : "";
        List<String> numbers = new ArrayList<>();
        NUMBERS.forEach(n -> numbers.add(keyword + n));
        if (bits == 32) {
            DWORDS.forEach(n -> numbers.add(keyword + n));
        }
        String strict = bits == 16 ? "word" : "dword";
        numbers.add("strict " + strict + " 5");
        if (kind == Operand.IBS) {
            numbers.add("byte 5");
            numbers.add("strict byte -5");
        }
        return numbers;
    }

    private static List<String> targets(String name, Operand kind, int bits) {
        if (kind == Operand.JB) {
            boolean only = InstructionSet.i486().forms(name).size() == 1;
            return only ? List.of("$", "$+2", "$-100") : List.of("short $", "short $+2", "short $-100", "$+20");
        }
        String keyword = bits == 16 ? "near word " : "near dword ";
        return List.of("near $", "near label", "label", "$", "$+200", keyword + "label", keyword + "$");
    }

    private static String fixed(Operand kind, int bits) {
        return switch (kind) {
            case EAX_V -> bits == 32 ? "eax" : "ax";
            case ST -> "st0";
            case ONE -> "1";
            default -> kind.notation().toLowerCase(Locale.ROOT);
        };
    }
}
