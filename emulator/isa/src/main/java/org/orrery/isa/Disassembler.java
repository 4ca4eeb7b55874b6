package org.orrery.isa;

import java.util.Locale;

/**
 * Writes instructions in Intel syntax as NASM reads it, in the spelling of ndisasm with few departures. Not for use by
 * several threads at once.
 */
public final class Disassembler {
    private final Decoder decoder;
    private final SymbolNamer namer;
    private final String[] names;
    private final Instruction instruction = new Instruction();

    /** A disassembler that prints all addresses as numbers. */
    public Disassembler(InstructionSet instructionSet) {
        this(instructionSet, null);
    }

    /**
     * A disassembler that names addresses.
     *
     * @param namer asked for branch targets and absolute addresses; may be null
     */
    public Disassembler(InstructionSet instructionSet, SymbolNamer namer) {
        decoder = new Decoder(instructionSet);
        this.namer = namer == null ? address -> null : namer;
        names = new String[instructionSet.forms().size()];
        for (Form form : instructionSet.forms()) {
            names[form.index()] = name(form);
        }
    }

    /** What is printed for the mnemonic, before the size letter of a {@code native:} form. */
    private static String name(Form form) {
        for (String note : form.notes()) {
            if (note.startsWith("native:")) {
                return note.substring("native:".length()).toLowerCase(Locale.ROOT);
            }
        }
        return form.mnemonic().toLowerCase(Locale.ROOT);
    }

    /**
     * Decodes and writes one instruction.
     *
     * @param code the bytes
     * @param at index of the first byte
     * @param end index after the last byte that may be read, greater than {@code at}
     * @param code32 default operand and address size: 32 bits if true, else 16
     * @param address offset of the instruction in its segment, from which branch targets count
     */
    public Disassembly disassemble(byte[] code, int at, int end, boolean code32, int address) {
        int length = decoder.decode(code, at, end, code32, instruction);
        if (length < 0) {
            return new Disassembly(
                    1, "db 0x" + Integer.toHexString(code[at] >> 4 & 0xF) + Integer.toHexString(code[at] & 0xF));
        }
        return new Disassembly(length, format(instruction, address));
    }

    /**
     * Writes a decoded instruction.
     *
     * @param address its offset in its segment, from which branch targets count
     */
    public String format(Instruction i, int address) {
        StringBuilder out = new StringBuilder(40);
        prefixes(i, out);
        out.append(names[i.form.index()]);
        boolean otherSize = i.operand32 != i.code32;
        if (otherSize && hasNativeName(i.form)) {
            out.append(i.operand32 ? 'd' : 'w');
        }
        new OperandWriter(i, address, namer, out).write();
        return out.toString();
    }

    /** Writes the prefixes that the rest of the text does not tell. */
    private static void prefixes(Instruction i, StringBuilder out) {
        boolean addressed = i.memory || has(i.form, Operand.Place.OFFSET);
        if (i.segment != Instruction.NO_SEGMENT && !addressed) {
            out.append(OperandWriter.SEGMENTS[i.segment]).append(' ');
        }
        if (i.rep != 0) {
            out.append(i.rep == 0xF2 ? "repne " : comparesStrings(i.form) ? "repe " : "rep ");
        }
        if (i.lock) {
            out.append("lock ");
        }
        if (i.operand32 != i.code32 && !tellsOperandSize(i)) {
            out.append(i.operand32 ? "o32 " : "o16 ");
        }
        if (i.address32 != i.code32 && !addressed && !tellsAddressSize(i.form)) {
            out.append(i.address32 ? "a32 " : "a16 ");
        }
    }

    private static boolean comparesStrings(Form form) {
        return form.mnemonic().startsWith("CMPS") || form.mnemonic().startsWith("SCAS");
    }

    /** Whether the mnemonic or an operand differs between operand sizes. */
    private static boolean tellsOperandSize(Instruction i) {
        Form form = i.form;
        if (form.has("o16") || form.has("o32") || hasNativeName(form) || form.has("wide") && !i.memory) {
            return true;
        }
        for (Operand operand : form.operands()) {
            boolean varies = operand.size(true) != operand.size(false);
            if (varies || operand == Operand.AP || operand == Operand.MP) {
                return true;
            }
        }
        return false;
    }

    /** Whether the mnemonic or the count register that is printed differs between address sizes. */
    private static boolean tellsAddressSize(Form form) {
        return form.has("a16") || form.has("a32") || form.mnemonic().startsWith("LOOP");
    }

    private static boolean hasNativeName(Form form) {
        for (String note : form.notes()) {
            if (note.startsWith("native:")) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(Form form, Operand.Place place) {
        for (Operand operand : form.operands()) {
            if (operand.place() == place) {
                return true;
            }
        }
        return false;
    }
}
