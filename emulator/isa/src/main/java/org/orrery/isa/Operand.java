package org.orrery.isa;

/**
 * The kinds of operands, in the notation of the manual's opcode map. The first letter says where the operand is, the
 * rest its size: {@code b} byte, {@code w} word, {@code d} dword, {@code v} word or dword by operand size, {@code p}
 * far pointer, {@code a} pair of words or dwords, {@code s} six-byte table pointer.
 */
public enum Operand {
    /** Register or memory by ModR/M. */
    EB("Eb", Place.RM, 1),
    EW("Ew", Place.RM, 2),
    EV("Ev", Place.RM, Operand.BY_OPERAND_SIZE),
    /** General register by the reg field. */
    GB("Gb", Place.REG, 1),
    GW("Gw", Place.REG, 2),
    GV("Gv", Place.REG, Operand.BY_OPERAND_SIZE),
    /** General register by the low opcode bits. */
    ZB("Zb", Place.OPCODE, 1),
    ZV("Zv", Place.OPCODE, Operand.BY_OPERAND_SIZE),
    /** Immediate of its own size; {@code IBS} is a byte sign-extended to the operand size. */
    IB("Ib", Place.IMMEDIATE, 1, "ib"),
    IW("Iw", Place.IMMEDIATE, 2, "iw"),
    IV("Iv", Place.IMMEDIATE, Operand.BY_OPERAND_SIZE, "iv"),
    IBS("Ibs", Place.IMMEDIATE, 1, "ib"),
    /** Relative branch target. */
    JB("Jb", Place.RELATIVE, 1, "cb"),
    JV("Jv", Place.RELATIVE, Operand.BY_OPERAND_SIZE, "cv"),
    /** Far pointer in the instruction. */
    AP("Ap", Place.FAR, 0, "ap"),
    /** Memory only by ModR/M: any, far pointer, bound pair, table pointer; x87 sizes. */
    M("M", Place.MEMORY, 0),
    MP("Mp", Place.MEMORY, 0),
    MA("Ma", Place.MEMORY, 0),
    MS("Ms", Place.MEMORY, 6),
    MW("Mw", Place.MEMORY, 2),
    MD("Md", Place.MEMORY, 4),
    MQ("Mq", Place.MEMORY, 8),
    MT("Mt", Place.MEMORY, 10),
    MR4("Mr4", Place.MEMORY, 4),
    MR8("Mr8", Place.MEMORY, 8),
    MENV("Menv", Place.MEMORY, 0),
    MSAVE("Msave", Place.MEMORY, 0),
    /** Memory at an absolute offset. */
    OB("Ob", Place.OFFSET, 1, "mo"),
    OV("Ov", Place.OFFSET, Operand.BY_OPERAND_SIZE, "mo"),
    /** General register by the rm field where only registers are allowed. */
    RD("Rd", Place.RM_REGISTER, 4),
    /** Segment, control, debug or test register by the reg field. */
    SW("Sw", Place.SPECIAL, 2),
    CD("Cd", Place.SPECIAL, 4),
    DD("Dd", Place.SPECIAL, 4),
    TD("Td", Place.SPECIAL, 4),
    /** String operands at DS:(E)SI and ES:(E)DI. */
    XB("Xb", Place.STRING, 1),
    XV("Xv", Place.STRING, Operand.BY_OPERAND_SIZE),
    YB("Yb", Place.STRING, 1),
    YV("Yv", Place.STRING, Operand.BY_OPERAND_SIZE),
    /** Fixed registers and constants. */
    AL("AL", Place.FIXED, 1),
    AX("AX", Place.FIXED, 2),
    EAX_V("eAX", Place.FIXED, Operand.BY_OPERAND_SIZE),
    CL("CL", Place.FIXED, 1),
    DX("DX", Place.FIXED, 2),
    ONE("1", Place.FIXED, 0),
    ES("ES", Place.FIXED, 2),
    CS("CS", Place.FIXED, 2),
    SS("SS", Place.FIXED, 2),
    DS("DS", Place.FIXED, 2),
    FS("FS", Place.FIXED, 2),
    GS("GS", Place.FIXED, 2),
    /** x87 stack top and stack register by the rm field. */
    ST("ST", Place.FIXED, 10),
    STI("ST(i)", Place.X87, 10);

    /** Where an operand is found. */
    public enum Place {
        /** Register or memory by the mod and rm fields. */
        RM,
        /** Memory by the mod and rm fields; a register is invalid. */
        MEMORY,
        /** Register by the rm field, whatever mod says. */
        RM_REGISTER,
        /** General register by the reg field. */
        REG,
        /** Segment, control, debug or test register by the reg field. */
        SPECIAL,
        /** General register by the low bits of the opcode. */
        OPCODE,
        IMMEDIATE,
        RELATIVE,
        FAR,
        OFFSET,
        STRING,
        X87,
        FIXED
    }

    private static final int BY_OPERAND_SIZE = -1;

    private final String notation;
    private final Place place;
    private final int size;
    private final String encoded;

    Operand(String notation, Place place, int size) {
        this(notation, place, size, "");
    }

    Operand(String notation, Place place, int size, String encoded) {
        this.notation = notation;
        this.place = place;
        this.size = size;
        this.encoded = encoded;
    }

    /** How the syntax column of {@code i486.isa} writes this kind. */
    public String notation() {
        return notation;
    }

    /** Where the operand is found. */
    public Place place() {
        return place;
    }

    /** What the encoding column has at its end for this kind, for instance {@code ib}; empty if nothing. */
    public String encoded() {
        return encoded;
    }

    /** Bytes that the operand has, or 0 where the notion does not fit (addresses, pairs, constants). */
    public int size(boolean operand32) {
        if (size == BY_OPERAND_SIZE) {
            return operand32 ? 4 : 2;
        }
        return size;
    }

    /** Whether the operand needs a ModR/M byte. */
    public boolean usesModRm() {
        return switch (place) {
            case RM, MEMORY, RM_REGISTER, REG, SPECIAL, X87 -> true;
            default -> false;
        };
    }
}
