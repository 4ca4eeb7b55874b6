package org.orrery.debugger.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.orrery.cpu.Cpu;
import org.orrery.debugger.Registers;

/** The CPU's registers as lines. */
final class RegisterView {
    private static final String[] FLAGS = {"CF", "PF", "AF", "ZF", "SF", "TF", "IF", "DF", "OF", "NT", "RF", "VM", "AC"
    };
    private static final int[] FLAG_BITS = {0, 2, 4, 6, 7, 8, 9, 10, 11, 14, 16, 17, 18};
    private static final String[] CR0 = {"PE", "MP", "EM", "TS", "ET", "NE", "WP", "AM", "NW", "CD", "PG"};
    private static final int[] CR0_BITS = {0, 1, 2, 3, 4, 5, 16, 18, 29, 30, 31};
    private static final List<List<String>> ROWS =
            List.of(List.of("eax", "ebx", "ecx", "edx"), List.of("esi", "edi", "ebp", "esp"));

    private RegisterView() {}

    static List<String> all(Cpu cpu) {
        List<String> lines = new ArrayList<>(general(cpu));
        lines.addAll(segments(cpu));
        lines.addAll(control(cpu));
        return lines;
    }

    static List<String> general(Cpu cpu) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : ROWS) {
            StringBuilder line = new StringBuilder();
            row.forEach(name -> line.append(String.format("%s %08x  ", name, Registers.read(cpu, name))));
            lines.add(line.toString().stripTrailing());
        }
        lines.add(String.format(
                "eip %08x  eflags %08x [%s IOPL=%d]  cpl %d",
                cpu.eip(), cpu.eflags(), names(cpu.eflags(), FLAGS, FLAG_BITS), cpu.eflags() >>> 12 & 3, cpu.cpl()));
        return lines;
    }

    static List<String> segments(Cpu cpu) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < Registers.SEGMENTS.size(); i++) {
            lines.add(String.format(
                    "%s %04x  base %08x  limit %08x  %s",
                    Registers.SEGMENTS.get(i),
                    cpu.selector(i),
                    cpu.segmentBase(i),
                    cpu.segmentLimit(i),
                    rights(cpu.segmentRights(i))));
        }
        return lines;
    }

    static List<String> control(Cpu cpu) {
        return List.of(
                String.format("cr0 %08x [%s]", cpu.control(0), names(cpu.control(0), CR0, CR0_BITS)),
                String.format("cr2 %08x  cr3 %08x", cpu.control(2), cpu.control(3)),
                String.format(
                        "gdt %08x limit %04x  idt %08x limit %04x  tss %08x",
                        cpu.gdtBase(), cpu.gdtLimit(), cpu.idtBase(), cpu.idtLimit(), cpu.taskBase()));
    }

    /** Access rights as {@link Cpu#segmentRights} gives them: type, DPL, default size. */
    private static String rights(int rights) {
        if ((rights & 0x80) == 0) {
            return "not present";
        }
        boolean code = (rights & 8) != 0;
        String type = code
                ? "code" + ((rights & 2) != 0 ? " readable" : "") + ((rights & 4) != 0 ? " conforming" : "")
                : "data" + ((rights & 2) != 0 ? " writable" : "") + ((rights & 4) != 0 ? " expand-down" : "");
        return String.format(
                Locale.ROOT, "%s, %d-bit, dpl %d", type, (rights & 0x4000) != 0 ? 32 : 16, rights >>> 5 & 3);
    }

    private static String names(int value, String[] names, int[] bits) {
        List<String> set = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            if ((value >>> bits[i] & 1) != 0) {
                set.add(names[i]);
            }
        }
        return String.join(" ", set);
    }
}
