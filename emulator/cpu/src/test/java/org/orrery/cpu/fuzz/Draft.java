package org.orrery.cpu.fuzz;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.orrery.isa.Decoder;
import org.orrery.isa.Encoding;
import org.orrery.isa.Form;
import org.orrery.isa.Instruction;
import org.orrery.isa.InstructionSet;
import org.orrery.isa.Operand;

/** Bytes of an instruction form with random prefixes and operands, still to be fitted to their surroundings. */
final class Draft {
    private static final InstructionSet SET = InstructionSet.i486();
    private static final Decoder DECODER = new Decoder(SET);
    private static final int LONGEST = 15;
    private static final int[] SEGMENT_PREFIXES = {0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65};

    final Form form;
    final Instruction instruction = new Instruction();

    private final byte[] bytes = new byte[2 * LONGEST];
    private final boolean code32;
    private int length;
    private int displacementAt;

    private Draft(Form form, boolean code32) {
        this.form = form;
        this.code32 = code32;
    }

    /** Draws an instruction; returns null if these bytes turn out to be another form's. */
    static Draft of(Form form, boolean code32, SplittableRandom random) {
        Draft draft = new Draft(form, code32);
        boolean address32 = draft.prefixes(random);
        draft.opcode(address32, random);
        for (int i = draft.length; i < draft.bytes.length; i++) {
            draft.bytes[i] = (byte) random.nextInt();
        }
        return draft.decode() ? draft : null;
    }

    /** Returns the address size. */
    private boolean prefixes(SplittableRandom random) {
        boolean operand32 = form.has("o32") || !form.has("o16") && (code32 ^ random.nextInt(3) == 0);
        boolean address32 = form.has("a32") || !form.has("a16") && (code32 ^ random.nextInt(4) == 0);
        if (operand32 != code32) {
            add(0x66);
        }
        if (random.nextInt(6) == 0) {
            add(SEGMENT_PREFIXES[random.nextInt(SEGMENT_PREFIXES.length)]);
        }
        if (address32 != code32) {
            add(0x67);
        }
        if (form.has("lock") && random.nextInt(8) == 0) {
            add(0xF0);
        }
        if (Strings.is(form) && random.nextBoolean()) {
            add(0xF2 + random.nextInt(2));
        }
        return address32;
    }

    private void opcode(boolean address32, SplittableRandom random) {
        Encoding encoding = SET.encoding(form);
        if (encoding.twoByte()) {
            add(0x0F);
        }
        add(encoding.opcode() + (encoding.plusRegister() ? random.nextInt(8) : 0));
        displacementAt = length;
        if (encoding.modRm() == Encoding.ModRm.NONE) {
            return;
        }
        int reg = encoding.modRm() == Encoding.ModRm.DIGIT ? encoding.value() : random.nextInt(8);
        int mod = random.nextInt(5);
        int modRm = Math.min(mod, 3) << 6 | reg << 3 | random.nextInt(8);
        add(modRm);
        if (address32 && modRm < 0xC0 && (modRm & 7) == 4) {
            add(random.nextInt(256));
        }
        displacementAt = length;
    }

    private void add(int value) {
        bytes[length++] = (byte) value;
    }

    private boolean decode() {
        length = DECODER.decode(bytes, 0, bytes.length, code32, instruction);
        return length > 0 && instruction.form == form;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    int length() {
        return length;
    }

    /** Puts another displacement in, cut to its size. */
    void setDisplacement(int value) {
        put(displacementAt, instruction.displacementSize, value);
    }

    /** Puts another value into the immediate of some bytes that ends the instruction. */
    void setLast(int size, int value) {
        put(length - size, size, value);
    }

    /** Puts another far pointer into an instruction that ends with one. */
    void setFar(int offset, int selector) {
        put(length - 2 - operandSize(), operandSize(), offset);
        put(length - 2, 2, selector);
    }

    private void put(int at, int size, int value) {
        for (int i = 0; i < size; i++) {
            bytes[at + i] = (byte) (value >>> 8 * i);
        }
        decode();
    }

    boolean hasOperand(Operand operand) {
        return form.operands().contains(operand);
    }

    /** Bytes of the operand size. */
    int operandSize() {
        return instruction.operand32 ? 4 : 2;
    }

    /** Bytes that the operand in memory has, or 0 if memory is not touched. */
    int memorySize() {
        for (Operand operand : form.operands()) {
            switch (operand) {
                case MP -> {
                    return operandSize() + 2;
                }
                case MA -> {
                    return 2 * operandSize();
                }
                case M -> {
                    return 0;
                }
                case MENV -> {
                    return X87Forms.environment(instruction.operand32);
                }
                case MSAVE -> {
                    return X87Forms.environment(instruction.operand32) + X87Forms.REGISTERS;
                }
                default -> {}
            }
            Operand.Place place = operand.place();
            if (place == Operand.Place.OFFSET
                    || instruction.memory && (place == Operand.Place.RM || place == Operand.Place.MEMORY)) {
                return operand.size(instruction.operand32);
            }
        }
        return 0;
    }
}
