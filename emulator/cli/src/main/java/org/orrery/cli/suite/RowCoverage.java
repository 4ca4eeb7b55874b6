package org.orrery.cli.suite;

import java.util.BitSet;
import java.util.List;
import org.orrery.cpu.Cpu;
import org.orrery.isa.Decoder;
import org.orrery.isa.Form;
import org.orrery.isa.Instruction;
import org.orrery.isa.InstructionSet;
import org.orrery.pc.Machine;
import org.orrery.pc.Outcome;
import org.orrery.pc.Outcome.Ending;

/**
 * Which rows of {@code i486.isa} a machine executes: it is stepped, and before each step the bytes at CS:EIP are decoded once more.
 * An instruction that raises a fault does not count as executed.
 */
public final class RowCoverage {
    private static final int LONGEST = 15;
    private static final int PAGE = 4096;

    private final InstructionSet i486 = InstructionSet.i486();
    private final Decoder decoder = new Decoder(i486);
    private final Instruction instruction = new Instruction();
    private final byte[] bytes = new byte[LONGEST];
    private final BitSet executed = new BitSet();

    /** Steps a machine until it ends, or to cycle {@code limit}. */
    public Outcome run(Machine machine, long limit) {
        Outcome outcome;
        do {
            outcome = step(machine);
        } while (outcome.ending() == Ending.LIMIT && machine.now() < limit);
        return outcome;
    }

    private Outcome step(Machine machine) {
        Cpu cpu = machine.cpu();
        Form form = decode(machine);
        long before = cpu.instructions();
        Outcome outcome = machine.step();
        boolean raised = cpu.lastVector() >= 0 && !cpu.lastVectorSoftware();
        if (form != null && cpu.instructions() > before && !raised) {
            executed.set(form.index());
        }
        return outcome;
    }

    /** The row of the instruction that is next, or null if it is none or its bytes are not all there. */
    private Form decode(Machine machine) {
        Cpu cpu = machine.cpu();
        int linear = cpu.segmentBase(Cpu.CS) + cpu.eip();
        long page = cpu.translate(linear);
        int count = 0;
        while (count < LONGEST && page >= 0) {
            bytes[count] = (byte) machine.memory().peek8((int) page);
            count++;
            page = (linear + count) % PAGE == 0 ? cpu.translate(linear + count) : page + 1;
        }
        return decoder.decode(bytes, 0, count, cpu.code32(), instruction) > 0 ? instruction.form : null;
    }

    /** The rows executed so far, in the order of the table. */
    public List<Form> executed() {
        return i486.forms().stream().filter(f -> executed.get(f.index())).toList();
    }

    /** The rows that were not. */
    public List<Form> missing() {
        return i486.forms().stream().filter(f -> !executed.get(f.index())).toList();
    }
}
