package org.orrery.isa;

import java.util.Set;

/**
 * One decoded instruction. Mutable, so that a decoder can fill the same object again and again without allocating;
 * valid until the next call of the decoder that filled it.
 */
public final class Instruction {
    /** Stands for no base or no index register; reads as zero. */
    public static final int NO_REGISTER = 8;
    /** No segment override. */
    public static final int NO_SEGMENT = -1;

    private static final int OF = 1 << 11;
    private static final Set<String> SHIFTS =
            Set.of("ROL", "ROR", "RCL", "RCR", "SHL", "SHR", "SAL", "SAR", "SHLD", "SHRD");

    /** The row of the table that this instruction is an instance of. */
    public Form form;
    /** Length in bytes, prefixes included. */
    public int length;
    /** Number of prefix bytes. */
    public int prefixCount;
    /** A LOCK prefix is present. */
    public boolean lock;
    /** The last REP prefix byte, F2h or F3h, or 0. */
    public int rep;
    /** Segment override: 0 to 5 for ES CS SS DS FS GS, or {@link #NO_SEGMENT}. */
    public int segment;
    /** Default operand and address size that it was decoded with is 32 bits, not 16. */
    public boolean code32;
    /** Effective operand size is 32 bits, not 16. */
    public boolean operand32;
    /** Effective address size is 32 bits, not 16. */
    public boolean address32;
    /** There is a ModR/M memory operand, described by base, index, scale and displacement. */
    public boolean memory;
    /** The ModR/M byte, 0 if there is none; the x87 shows it to its error handlers. */
    public int modRm;
    /** The reg field of ModR/M. */
    public int reg;
    /** The register operand: the rm field where mod is 3, or the low opcode bits of a +r form. */
    public int rm;
    /** Base register 0 to 7 (EAX ECX EDX EBX ESP EBP ESI EDI, or its low half), or {@link #NO_REGISTER}. */
    public int base;
    /** Index register, or {@link #NO_REGISTER}. */
    public int index;
    /** Shift of the index, 0 to 3. */
    public int scale;
    /** Displacement, sign-extended; also the absolute offset of an O operand. */
    public int displacement;
    /** Bytes that the displacement takes: 0, 1, 2 or 4. */
    public int displacementSize;
    /** First immediate, extended to 32 bits as the form says; the relative target of a J operand; the offset of an A. */
    public int immediate;
    /** Second immediate: the level of ENTER, or the selector of an A operand. */
    public int immediate2;

    /**
     * The segment that memory operands use: the override, or SS for a base of (E)SP or (E)BP, or DS.
     *
     * @return 0 to 5 for ES CS SS DS FS GS
     */
    public int effectiveSegment() {
        if (segment != NO_SEGMENT) {
            return segment;
        }
        return base == 4 || base == 5 ? 2 : 3;
    }

    /**
     * Flags that the instruction leaves undefined: those of its form, but for shifts by their count. A shift by 1 defines OF, and one by 0
     * changes no flag.
     *
     * @param cl the CL register, in which a count may be
     * @return a mask of EFLAGS
     */
    public int flagsUndefined(int cl) {
        int undefined = form.flagsUndefined();
        int last = form.operands().size() - 1;
        if (!SHIFTS.contains(form.mnemonic()) || form.operands().get(last) == Operand.ONE) {
            return undefined;
        }
        int count = (form.operands().get(last) == Operand.CL ? cl : immediate) & 31;
        return count == 0 ? 0 : count == 1 ? undefined & ~OF : undefined;
    }
}
