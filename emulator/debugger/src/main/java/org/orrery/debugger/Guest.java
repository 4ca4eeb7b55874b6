package org.orrery.debugger;

import java.util.Locale;
import org.orrery.cpu.Cpu;
import org.orrery.pc.Machine;

/** A machine as expressions see it: registers, memory and symbols by name. All addresses are linear unless a name says otherwise. */
public final class Guest implements Expression.Scope {
    private static final int PROTECTED = 1;

    private final Machine machine;
    private final GuestMemory memory;
    private final Symbols symbols;

    public Guest(Machine machine, Symbols symbols) {
        this.machine = machine;
        this.symbols = symbols;
        memory = new GuestMemory(machine.cpu(), machine.memory());
    }

    public Machine machine() {
        return machine;
    }

    public Cpu cpu() {
        return machine.cpu();
    }

    public GuestMemory memory() {
        return memory;
    }

    public Symbols symbols() {
        return symbols;
    }

    /** The linear address of the next instruction. */
    public int pc() {
        return cpu().segmentBase(Cpu.CS) + cpu().eip();
    }

    /** The linear address of the top of the stack. */
    public int stackTop() {
        return cpu().segmentBase(Cpu.SS) + Registers.read(cpu(), "sp");
    }

    /** The value of an expression now. */
    public int evaluate(String expression) {
        return Expression.parse(expression).evaluate(this);
    }

    @Override
    public boolean isRegister(String name) {
        return Registers.names().contains(name);
    }

    @Override
    public int register(String name) {
        return Registers.read(cpu(), name);
    }

    @Override
    public int symbol(String name) {
        return symbols.address(name);
    }

    @Override
    public int segmentBase(String name) {
        int segment = Registers.SEGMENTS.indexOf(name);
        if (segment >= 0) {
            return cpu().segmentBase(segment);
        }
        int selector = isRegister(name) ? register(name) & 0xFFFF : selector(name);
        if ((cpu().control(0) & PROTECTED) == 0) {
            return selector << 4;
        }
        for (int i = 0; i < Registers.SEGMENTS.size(); i++) {
            if (cpu().selector(i) == selector) {
                return cpu().segmentBase(i);
            }
        }
        throw new DebugException(String.format("selector %04x is in no segment register", selector));
    }

    /** A selector is a number; in the way of old debuggers it is hexadecimal, with or without 0x. */
    private static int selector(String text) {
        String digits = text.toLowerCase(Locale.ROOT).replaceFirst("^0x", "").replaceFirst("h$", "");
        if (!digits.matches("[0-9a-f]{1,4}")) {
            throw new DebugException("'" + text + "' is no segment; write es, cs, ss, ds, fs, gs or a selector");
        }
        return Integer.parseInt(digits, 16);
    }

    @Override
    public int memory(int linear, int size) {
        return memory.read(linear, size);
    }
}
