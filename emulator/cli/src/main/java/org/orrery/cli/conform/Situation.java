package org.orrery.cli.conform;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.orrery.isa.Decoder;
import org.orrery.isa.Instruction;
import org.orrery.isa.InstructionSet;
import org.orrery.isa.Operand;

/**
 * A capture and its instruction as an i486 decodes it, for departures to look at.
 *
 * @param instruction null if these bytes are none
 */
record Situation(Capture capture, Instruction instruction) {
    private static final Decoder DECODER = new Decoder(InstructionSet.i486());
    private static final int SS = 2;
    private static final int LAST_OFFSET = 0xFFFF;
    private static final int DIRECTION = 0x400;
    private static final int WORD = 2;

    static Situation of(Capture capture) {
        Instruction instruction = new Instruction();
        byte[] code = capture.code();
        int length = DECODER.decode(code, 0, code.length, false, instruction);
        return new Situation(capture, length > 0 ? instruction : null);
    }

    boolean decodes() {
        return instruction != null;
    }

    boolean is(List<String> mnemonics) {
        return mnemonics.contains(instruction.form.mnemonic());
    }

    boolean illegalLock() {
        return instruction.lock && !(instruction.memory && instruction.form.has("lock"));
    }

    /** MOV to or from one of these segment registers. */
    boolean movesSegment(List<Integer> numbers) {
        return instruction.form.operands().contains(Operand.SW) && numbers.contains(instruction.reg);
    }

    /** Whether an operand in memory is addressed through SS; of strings, the one that reaches beyond the segment's end. */
    boolean throughStackSegment() {
        if (isWordString()) {
            return instruction.segment == SS && readsSource() && overrunsAfter(Register.SI) == wholeIterations();
        }
        return instruction.memory && instruction.effectiveSegment() == SS;
    }

    boolean isWordString() {
        return is(List.of("MOVSW", "CMPSW", "LODSW", "OUTSW", "STOSW", "SCASW", "INSW"));
    }

    private boolean readsSource() {
        return is(List.of("MOVSW", "CMPSW", "LODSW", "OUTSW"));
    }

    private boolean hasDestination() {
        return is(List.of("MOVSW", "CMPSW", "STOSW", "SCASW", "INSW"));
    }

    /** How many iterations of a string instruction on words end before an operand reaches beyond its segment's end. */
    private int wholeIterations() {
        int source = readsSource() ? overrunsAfter(Register.SI) : Integer.MAX_VALUE;
        int destination = hasDestination() ? overrunsAfter(Register.DI) : Integer.MAX_VALUE;
        return Math.min(source, destination);
    }

    /** After how many iterations a string register of odd value is at the last offset. */
    private int overrunsAfter(Register register) {
        return Integer.divideUnsigned((LAST_OFFSET - capture.before().get(register)) * forward() & LAST_OFFSET, WORD);
    }

    private int forward() {
        return (capture.before().get(Register.FLAGS) & DIRECTION) == 0 ? 1 : -1;
    }

    /** What CX, SI and DI are when a string instruction on words faults and can be restarted. */
    Map<Register, Integer> restart() {
        int iterations = wholeIterations();
        Map<Register, Integer> registers = new EnumMap<>(Register.class);
        int by = iterations * WORD * forward();
        registers.put(Register.CX, moved(Register.CX, instruction.rep != 0 ? -iterations : 0));
        registers.put(Register.SI, moved(Register.SI, readsSource() ? by : 0));
        registers.put(Register.DI, moved(Register.DI, hasDestination() ? by : 0));
        return registers;
    }

    private int moved(Register register, int by) {
        return capture.before().get(register) + by & 0xFFFF;
    }

    /** Flags that the manual leaves undefined after this instruction. */
    int flagsUndefined() {
        return instruction.flagsUndefined(capture.before().get(Register.CX) & 0xFF);
    }
}
