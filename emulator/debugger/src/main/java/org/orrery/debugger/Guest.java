package org.orrery.debugger;

import java.util.List;
import java.util.Locale;
import org.orrery.cpu.Cpu;
import org.orrery.isa.debug.DebugInfo;
import org.orrery.pc.Machine;

/** A machine as expressions see it: registers, memory and symbols by name. All addresses are linear unless a name says otherwise. */
public final class Guest implements Expression.Scope {
    private static final int PROTECTED = 1;

    private final Machine machine;
    private final GuestMemory memory;
    private final DebugInfo info;

    public Guest(Machine machine, DebugInfo info) {
        this.machine = machine;
        this.info = info;
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

    /** What is known of its software. */
    public DebugInfo info() {
        return info;
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

    /** The linear address that an expression gives; gdb's star before it is allowed. */
    public int address(String expression) {
        return evaluate(expression.strip().replaceFirst("^\\*", ""));
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
        return info.symbol(name)
                .map(DebugInfo.Symbol::address)
                .orElseThrow(() -> new DebugException("there is no symbol '" + name + "'" + similar(name)));
    }

    private String similar(String name) {
        List<String> near =
                symbolsLike(name).stream().map(DebugInfo.Symbol::name).limit(4).toList();
        return near.isEmpty() ? "" : "; near it: " + String.join(", ", near);
    }

    /** The symbols whose names contain a text, in any case, by address. */
    public List<DebugInfo.Symbol> symbolsLike(String part) {
        String lower = part.toLowerCase(Locale.ROOT);
        return info.symbols().stream()
                .filter(s -> s.name().toLowerCase(Locale.ROOT).contains(lower))
                .toList();
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
