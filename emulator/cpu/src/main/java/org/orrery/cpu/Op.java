package org.orrery.cpu;

/**
 * What a {@link Uop} does. Names are destination before source: R register, M memory, I immediate. Those that end in N take operands of 8
 * or 16 bits, the same without N of 32 bits; the others take any width.
 */
final class Op {
    static final int ALU_RR = 0;
    static final int ALU_RM = 1;
    static final int ALU_MR = 2;
    static final int ALU_RI = 3;
    static final int ALU_MI = 4;
    static final int ALU_RR_N = 5;
    static final int ALU_RM_N = 6;
    static final int ALU_MR_N = 7;
    static final int ALU_RI_N = 8;
    static final int ALU_MI_N = 9;
    static final int MOV_RR = 10;
    static final int MOV_RM = 11;
    static final int MOV_MR = 12;
    static final int MOV_RI = 13;
    static final int MOV_MI = 14;
    static final int MOV_RR_N = 15;
    static final int MOV_RM_N = 16;
    static final int MOV_MR_N = 17;
    static final int MOV_RI_N = 18;
    static final int MOV_MI_N = 19;
    static final int INC_R = 20;
    static final int DEC_R = 21;
    static final int LEA = 22;
    static final int PUSH_R = 23;
    static final int POP_R = 24;
    static final int PUSH_I = 25;
    static final int JCC = 26;
    static final int JMP = 27;
    static final int CALL = 28;
    static final int RET = 29;
    static final int SHIFT_RI = 30;
    static final int MOVZX_RR = 31;
    static final int MOVZX_RM = 32;
    static final int MOVSX_RR = 33;
    static final int MOVSX_RM = 34;
    static final int NOP = 35;

    /** From here on the rarer ones, in {@link RareOps}. */
    static final int INC_N = 36;

    static final int DEC_N = 37;
    static final int INC_M = 38;
    static final int DEC_M = 39;
    static final int NOT_R = 40;
    static final int NOT_M = 41;
    static final int NEG_R = 42;
    static final int NEG_M = 43;
    static final int SHIFT_MI = 44;
    static final int SHIFT_RC = 45;
    static final int SHIFT_MC = 46;
    static final int SHLD_R = 47;
    static final int SHLD_M = 48;
    static final int SHRD_R = 49;
    static final int SHRD_M = 50;
    static final int PUSH_RM = 51;
    static final int PUSH_M = 52;
    static final int POP_RM = 53;
    static final int POP_M = 54;
    static final int PUSH_SEG = 55;
    static final int PUSHA = 57;
    static final int POPA = 58;
    static final int JMP_R = 59;
    static final int JMP_M = 60;
    static final int CALL_R = 61;
    static final int CALL_M = 62;
    static final int RET_I = 63;
    static final int JCXZ = 64;
    static final int LOOP = 65;
    static final int SETCC_R = 66;
    static final int SETCC_M = 67;
    static final int XCHG_RR = 68;
    static final int XCHG_MR = 69;
    static final int XADD_R = 70;
    static final int XADD_M = 71;
    static final int CMPXCHG_R = 72;
    static final int CMPXCHG_M = 73;
    static final int BSWAP = 74;
    static final int XLAT = 75;
    static final int CBW = 76;
    static final int CWD = 77;
    static final int LAHF = 78;
    static final int SAHF = 79;
    static final int SALC = 80;
    static final int FLAG = 81;
    static final int DECIMAL = 82;
    static final int MUL = 83;
    static final int IMUL = 84;
    static final int IMUL_R = 85;
    static final int IMUL_RI = 86;
    static final int DIV = 87;
    static final int IDIV = 88;
    static final int BIT_R = 89;
    static final int BIT_M = 90;
    static final int BSF = 91;
    static final int BSR = 92;
    static final int ENTER = 93;
    static final int LEAVE = 94;
    static final int BOUND = 95;
    static final int STRING = 96;

    /** From here on what touches the system, in {@link SystemOps} and its neighbours. */
    static final int FIRST_SYSTEM = 97;

    static final int MOV_R_SEG = 97;
    static final int MOV_M_SEG = 98;
    static final int MOV_SEG_R = 99;
    static final int MOV_SEG_M = 100;
    static final int LOAD_FAR = 101;
    static final int PUSHF = 102;
    static final int POPF = 103;
    static final int CLI = 104;
    static final int STI = 105;
    static final int HLT = 106;
    static final int IN = 107;
    static final int OUT = 108;
    static final int JMP_FAR = 109;
    static final int JMP_FAR_M = 110;
    static final int CALL_FAR = 111;
    static final int CALL_FAR_M = 112;
    static final int RETF = 113;
    static final int IRET = 114;
    static final int INT = 115;
    static final int INTO = 116;
    static final int MOV_R_CR = 117;
    static final int MOV_CR_R = 118;
    static final int TABLE_LOAD = 119;
    static final int TABLE_STORE = 120;
    static final int LLDT = 121;
    static final int LTR = 122;
    static final int STORE_SELECTOR = 123;
    static final int SMSW = 124;
    static final int LMSW = 125;
    static final int CLTS = 126;
    static final int INVD = 127;
    static final int INVLPG = 128;
    static final int LAR = 129;
    static final int LSL = 130;
    static final int VERR = 131;
    static final int ARPL = 132;
    static final int CPUID = 133;
    static final int FPU = 134;
    static final int UNDEFINED = 135;
    static final int NOT_EXECUTED = 136;
    static final int PORT_STRING = 137;
    static final int POP_SEG = 138;
    static final int MOV_R_DR = 139;
    static final int MOV_DR_R = 140;
    static final int MOV_R_TR = 141;
    static final int MOV_TR_R = 142;
    /** A read-modify-write with the bus locked. */
    static final int LOCKED = 143;

    private Op() {}
}
