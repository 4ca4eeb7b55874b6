package org.orrery.debugger;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.orrery.cpu.Cpu;
import org.orrery.isa.Decoder;
import org.orrery.isa.Disassembler;
import org.orrery.isa.Disassembly;
import org.orrery.isa.Instruction;
import org.orrery.isa.InstructionSet;

/** Code in the guest's memory as instructions, 16- or 32-bit as the code segment of the moment says. */
public final class CodeView {
    /**
     * One instruction.
     *
     * @param address linear
     * @param bytes its bytes
     * @param text in Intel syntax, with symbols for addresses
     */
    public record Line(int address, byte[] bytes, String text) {}

    private static final int LONGEST = 15;
    private static final Set<String> CALLS = Set.of("CALL", "INT", "INT1", "INT3", "INTO");
    private static final Set<String> RETURNS = Set.of("RET", "RETF", "IRET", "IRETD");

    private final Guest guest;
    private final Decoder decoder = new Decoder(InstructionSet.i486());
    private final Disassembler disassembler;
    private final Instruction instruction = new Instruction();

    CodeView(Guest guest) {
        this.guest = guest;
        disassembler = new Disassembler(InstructionSet.i486(), this::nameOf);
    }

    private String nameOf(int offset) {
        String name = guest.info().describe(base() + offset);
        return name.isEmpty() ? null : name;
    }

    private int base() {
        return guest.cpu().segmentBase(Cpu.CS);
    }

    /**
     * The instruction at a linear address.
     *
     * @throws DebugException if the address is not mapped
     */
    public Line at(int linear) {
        byte[] bytes = bytes(linear);
        Disassembly line =
                disassembler.disassemble(bytes, 0, bytes.length, guest.cpu().code32(), linear - base());
        return new Line(linear, java.util.Arrays.copyOf(bytes, line.length()), line.text());
    }

    /** The instructions from a linear address on; fewer than asked for where the mapped pages end. */
    public List<Line> lines(int linear, int count) {
        List<Line> lines = new ArrayList<>();
        int address = linear;
        while (lines.size() < count && (lines.isEmpty() || guest.memory().mapped(address))) {
            Line line = at(address);
            lines.add(line);
            address += line.bytes.length;
        }
        return lines;
    }

    private byte[] bytes(int linear) {
        guest.memory().translate(linear);
        return guest.memory().bytes(linear, LONGEST);
    }

    /** Bytes of the instruction at a linear address if it comes back after having done something else (a call, INT, REP); else 0. */
    int lengthOfCall(int linear) {
        return decode(linear) && (CALLS.contains(instruction.form.mnemonic()) || instruction.rep != 0)
                ? instruction.length
                : 0;
    }

    /** Whether the instruction at a linear address returns to a caller. */
    boolean isReturn(int linear) {
        return decode(linear) && RETURNS.contains(instruction.form.mnemonic());
    }

    private boolean decode(int linear) {
        byte[] bytes = guest.memory().bytes(linear, LONGEST);
        return decoder.decode(bytes, 0, bytes.length, guest.cpu().code32(), instruction) > 0;
    }
}
