package org.orrery.cli;

import java.util.Locale;
import org.orrery.cpu.Cpu;
import org.orrery.debugger.GuestMemory;
import org.orrery.pc.Machine;

/** Registers and stack of a machine, for a guest that crashed. */
final class MachineDump {
    private static final String[] GENERAL = {"eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi"};
    private static final String[] SEGMENTS = {"es", "cs", "ss", "ds", "fs", "gs"};
    private static final int STACK_DOUBLEWORDS = 16;
    private static final int A_LINE = 4;

    private final Cpu cpu;
    private final GuestMemory memory;
    private final StringBuilder text = new StringBuilder();

    private MachineDump(Machine machine) {
        cpu = machine.cpu();
        memory = new GuestMemory(cpu, machine.memory());
    }

    static String of(Machine machine) {
        MachineDump dump = new MachineDump(machine);
        dump.registers();
        dump.segments();
        dump.stack();
        return dump.text.toString();
    }

    private void registers() {
        for (int i = 0; i < GENERAL.length; i++) {
            add("  %s %08X%s", GENERAL[i], cpu.register(i), i % A_LINE == A_LINE - 1 ? "\n" : "");
        }
        add(
                "  eip %08X  flg %08X  cr0 %08X  cr2 %08X  cr3 %08X%n",
                cpu.eip(), cpu.eflags(), cpu.control(0), cpu.control(2), cpu.control(3));
    }

    private void segments() {
        for (int i = 0; i < SEGMENTS.length; i++) {
            add(
                    "  %s  %04X  base %08X  limit %08X  rights %04X%n",
                    SEGMENTS[i], cpu.selector(i), cpu.segmentBase(i), cpu.segmentLimit(i), cpu.segmentRights(i));
        }
    }

    private void stack() {
        int top = cpu.segmentBase(Cpu.SS) + cpu.register(Cpu.ESP);
        add("  stack at linear %08X:", top);
        for (int i = 0; i < STACK_DOUBLEWORDS; i++) {
            add("%s", i % A_LINE == 0 ? "\n   " : "");
            add(" %s", doubleword(top + 4 * i));
        }
        add("%n");
    }

    /** The doubleword at a linear address, or dashes where no page is. */
    private String doubleword(int linear) {
        boolean there = memory.mapped(linear) && memory.mapped(linear + 3);
        return there ? String.format(Locale.ROOT, "%08X", memory.read(linear, 4)) : "--------";
    }

    private void add(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values));
    }
}
