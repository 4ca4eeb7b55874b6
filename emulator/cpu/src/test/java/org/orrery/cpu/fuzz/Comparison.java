package org.orrery.cpu.fuzz;

import java.util.Arrays;
import java.util.List;
import org.orrery.isa.Disassembler;
import org.orrery.isa.InstructionSet;

/** Our CPU and Unicorn side by side. */
final class Comparison {
    /** Instructions of a sequence, if it comes to no fault before. */
    private static final int LENGTH = 150;

    /** In the x87's status word. */
    private static final int STACK_FAULT = 1 << 6;

    private final Ours ours = new Ours();
    private final Unicorn unicorn;

    Comparison(Unicorn unicorn) {
        this.unicorn = unicorn;
    }

    /** Generates the sequence of a seed. */
    Program generate(long seed) {
        return Generator.generate(ours.bench, seed, LENGTH);
    }

    /** Runs a program on both and names what is different, ours first. */
    List<String> differences(Program program) {
        return ours.run(program).differences(unicorn.run(program), program.anyFlags());
    }

    /** A failing program cut down to the fewest instructions that still fail in the same way, in words. */
    String explain(Program failing) {
        Program least = shrink(failing);
        StringBuilder text = new StringBuilder();
        text.append(String.format("seed %d differs from Unicorn: %s%n", failing.seed(), least.scenario()));
        Disassembler disassembler = new Disassembler(InstructionSet.i486());
        for (int i = 0; i < least.steps().size(); i++) {
            if (!least.isOut(i)) {
                Program.Step step = least.steps().get(i);
                byte[] code = Arrays.copyOf(step.bytes(), step.bytes().length);
                String words = disassembler
                        .disassemble(code, 0, code.length, step.code32(), step.linear())
                        .text();
                text.append(String.format("  %08x  %-24s %s%n", step.linear(), hex(code), words));
            }
        }
        text.append(String.format("  before the last: %s%n", before(least)));
        text.append(String.format("  ours and Unicorn's: %s%n", String.join(", ", differences(least))));
        return text.toString();
    }

    private String before(Program program) {
        int last = program.steps().size() - 1;
        return last == 0 ? program.scenario() : ours.run(program.first(last)).registers();
    }

    private Program shrink(Program failing) {
        Program least = failing;
        for (int count = 1; count < failing.steps().size() && least == failing; count++) {
            boolean open = failing.steps().get(count - 1).open();
            if (!open && !differences(failing.first(count)).isEmpty()) {
                least = failing.first(count);
            }
        }
        String how = how(least);
        for (int i = least.steps().size() - 2; i >= 0; i--) {
            Program without = least.without(i);
            if (without != null && how(without).equals(how) && !stackFault(without)) {
                least = without;
            }
        }
        return least;
    }

    /** What Unicorn does not know, and no program does as it was made. */
    private boolean stackFault(Program program) {
        return (ours.run(program).x87().status() & STACK_FAULT) != 0;
    }

    /** What differs first, without its values. */
    private String how(Program program) {
        List<String> differences = differences(program);
        String first = differences.isEmpty() ? "" : differences.get(0);
        return first.startsWith("vector") ? first : first.split(" ")[0];
    }

    private static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            text.append(String.format("%02X", b));
        }
        return text.toString();
    }
}
