package org.orrery.cpu.fuzz;

import java.util.SplittableRandom;
import org.orrery.cpu.Bench;
import org.orrery.cpu.Cpu;
import org.orrery.isa.Form;
import org.orrery.isa.Operand;

/**
 * Fits the instructions of the x87: the stack neither overflows nor underflows, exceptions stay masked, operands are worth trying, and
 * what Unicorn stores otherwise is taken out of memory again.
 */
final class X87Fitter {
    private static final int RARELY = 8;
    private static final byte[] FTST = {(byte) 0xD9, (byte) 0xE4};
    private static final int CONDITIONS_AND_TOP = X87State.STATUS_COMPARED;

    private final Bench bench;
    private final Writer writer;
    private final SplittableRandom random;
    private final X87Values values;

    X87Fitter(Bench bench, Writer writer, SplittableRandom random) {
        this.bench = bench;
        this.writer = writer;
        this.random = random;
        values = new X87Values(random);
    }

    /** Whether the stack is right for an instruction. What empties the stack is drawn rarely. */
    boolean stackFits(Draft draft) {
        Form form = draft.form;
        boolean empties = switch (form.mnemonic()) {
            case "FNINIT", "FNSAVE", "FFREE", "FFREEP" -> true;
            default -> false;
        };
        int next = switch (form.mnemonic()) {
            case "FINCSTP" -> 1;
            case "FDECSTP" -> 7;
            default -> -1;
        };
        return !(next >= 0 && bench.x87Empty(next))
                && !(X87Forms.pushes(form) && !bench.x87Empty(7))
                && !(X87Forms.readsTop(form) && bench.x87Empty(0))
                && !(X87Forms.readsNext(form) && bench.x87Empty(1))
                && !(X87Forms.usesNamed(form) && bench.x87Empty(draft.instruction.rm))
                && (!empties || random.nextInt(RARELY) == 0);
    }

    /** The bytes that memory is to hold for an instruction, from its beginning; none if it can take what is there. */
    byte[] operand(Draft draft) {
        boolean loads = !X87Forms.stores(draft.form) && !draft.form.operands().isEmpty();
        if (!loads) {
            return new byte[0];
        }
        Operand operand = draft.form.operands().get(0);
        boolean decimal = draft.form.mnemonic().equals("FBLD");
        return switch (operand) {
            case MENV, MSAVE -> environment(draft.instruction.operand32);
            case MR4 -> values.single();
            case MR8 -> values.wide();
            case MT -> decimal ? values.decimal() : values.extended();
            case MW -> draft.form.mnemonic().equals("FLDCW") ? word(values.controlWord()) : values.integer(2);
            case MD -> values.integer(4);
            case MQ -> values.integer(8);
            default -> new byte[0];
        };
    }

    private static byte[] word(int value) {
        return new byte[] {(byte) value, (byte) (value >> 8)};
    }

    /** Control, status and tag word; the pointers do not matter. */
    private byte[] environment(boolean operand32) {
        int step = operand32 ? 4 : 2;
        byte[] all = new byte[3 * step];
        int[] words = {values.controlWord(), random.nextInt() & CONDITIONS_AND_TOP, random.nextInt() & random.nextInt()
        };
        for (int i = 0; i < words.length; i++) {
            all[i * step] = (byte) words[i];
            all[i * step + 1] = (byte) (words[i] >> 8);
        }
        return all;
    }

    /** Takes out of memory or AX what Unicorn stores otherwise: see {@code unicorn.departures}. */
    void after(Draft draft, int offset) {
        int segment = draft.instruction.memory ? draft.instruction.effectiveSegment() : Cpu.DS;
        switch (draft.form.mnemonic()) {
            case "FNSTSW" -> {
                if (draft.instruction.memory) {
                    writer.and(bench.cpu().code32(), segment, offset, 2, CONDITIONS_AND_TOP);
                } else {
                    writer.andRegister(bench.cpu().code32(), Cpu.EAX, 0xFFFF_0000 | CONDITIONS_AND_TOP);
                }
            }
            case "FINCSTP", "FDECSTP", "FSQRT" -> writer.run(FTST);
            case "FNSTENV", "FNSAVE" -> maskEnvironment(segment, offset, draft.instruction.operand32);
            default -> {}
        }
    }

    private void maskEnvironment(int segment, int offset, boolean operand32) {
        boolean code32 = bench.cpu().code32();
        if (operand32) {
            int[] masks = {0xFFFF, CONDITIONS_AND_TOP, 0xFFFF, 0, 0, 0, 0};
            for (int i = 0; i < masks.length; i++) {
                writer.and(code32, segment, offset + 4 * i, 4, masks[i]);
            }
        } else {
            writer.and(code32, segment, offset + 2, 2, CONDITIONS_AND_TOP);
            writer.and(code32, segment, offset + 6, 4, 0);
            writer.and(code32, segment, offset + 10, 4, 0);
        }
    }
}
