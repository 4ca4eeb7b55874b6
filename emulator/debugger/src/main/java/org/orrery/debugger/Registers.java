package org.orrery.debugger;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.orrery.cpu.Cpu;

/** The CPU's registers by name. */
public final class Registers {
    /** The general registers in the order of their numbers. */
    public static final List<String> GENERAL = List.of("eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi");
    /** The segment registers in the order of their numbers. */
    public static final List<String> SEGMENTS = List.of("es", "cs", "ss", "ds", "fs", "gs");

    private static final Map<String, ToIntFunction<Cpu>> READERS = readers();

    private Registers() {}

    private static Map<String, ToIntFunction<Cpu>> readers() {
        Map<String, ToIntFunction<Cpu>> readers = new LinkedHashMap<>();
        for (int i = 0; i < GENERAL.size(); i++) {
            int number = i;
            String name = GENERAL.get(i);
            readers.put(name, cpu -> cpu.register(number));
            readers.put(name.substring(1), cpu -> cpu.register(number) & 0xFFFF);
            if (i < 4) {
                String letter = name.substring(1, 2);
                readers.put(letter + "l", cpu -> cpu.register(number) & 0xFF);
                readers.put(letter + "h", cpu -> cpu.register(number) >>> 8 & 0xFF);
            }
        }
        for (int i = 0; i < SEGMENTS.size(); i++) {
            int number = i;
            readers.put(SEGMENTS.get(i), cpu -> cpu.selector(number));
        }
        readers.put("eip", Cpu::eip);
        readers.put("pc", cpu -> cpu.segmentBase(Cpu.CS) + cpu.eip());
        readers.put("eflags", Cpu::eflags);
        readers.put("cpl", Cpu::cpl);
        for (int number : new int[] {0, 2, 3}) {
            readers.put("cr" + number, cpu -> cpu.control(number));
        }
        // In 32-bit code gdb's users mean the whole stack pointer by $sp.
        readers.put("sp", cpu -> cpu.register(Cpu.ESP) & (cpu.code32() ? ~0 : 0xFFFF));
        return readers;
    }

    /** All names, in small letters. */
    public static Set<String> names() {
        return READERS.keySet();
    }

    /**
     * The value of a register by its name in small letters; {@code pc} is the linear address of the next instruction.
     *
     * @throws DebugException if there is none of that name
     */
    public static int read(Cpu cpu, String name) {
        ToIntFunction<Cpu> reader = READERS.get(name);
        if (reader == null) {
            throw new DebugException("there is no register '" + name + "'");
        }
        return reader.applyAsInt(cpu);
    }

    /**
     * Sets a general register, EIP or EFLAGS.
     *
     * @throws DebugException if it is none of these
     */
    public static void write(Cpu cpu, String name, int value) {
        int number = GENERAL.indexOf(name);
        if (number >= 0) {
            cpu.setRegister(number, value);
        } else if (name.equals("eip")) {
            cpu.setEip(value);
        } else if (name.equals("eflags")) {
            cpu.setEflags(value);
        } else {
            throw new DebugException("'" + name + "' cannot be set; eax ecx edx ebx esp ebp esi edi eip eflags can");
        }
    }
}
