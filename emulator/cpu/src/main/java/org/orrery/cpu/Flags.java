package org.orrery.cpu;

/**
 * EFLAGS, with the arithmetic flags kept lazily as the last result and a vector of carries, and worked out only when somebody asks.
 *
 * <p>{@code result} is the result sign-extended to 32 bits. {@code carries} has the carry out of the top bit in bit 31, the carry into
 * the top bit in bit 30 (so that OF is their difference), and the carry out of bit 3 in its own place, bit 3. Bit 0 flips SF and
 * bits 8 to 15 are mixed into the byte whose parity is PF, so that any combination of flags can be expressed.
 */
final class Flags {
    static final int CF = 1;
    static final int PF = 1 << 2;
    static final int AF = 1 << 4;
    static final int ZF = 1 << 6;
    static final int SF = 1 << 7;
    static final int TF = 1 << 8;
    static final int IF = 1 << 9;
    static final int DF = 1 << 10;
    static final int OF = 1 << 11;
    static final int IOPL = 3 << 12;
    static final int NT = 1 << 14;
    static final int RF = 1 << 16;
    static final int VM = 1 << 17;
    static final int AC = 1 << 18;
    static final int ID = 1 << 21;

    /** The flags that instructions compute. */
    static final int ARITHMETIC = CF | PF | AF | ZF | SF | OF;

    private static final int ALWAYS_ONE = 1 << 1;
    private static final int OTHERS = TF | IF | DF | IOPL | NT | RF | VM | AC;
    private static final int TOP_TWO = 3 << 30;

    /** The bits of {@link #others} that the chip has. */
    private final int implemented;

    /** The last result, sign-extended. */
    int result;
    /** The carries of the last operation, as the class comment says. */
    int carries;
    /** The flags that no arithmetic touches. */
    int others;

    /** @param identifiable whether the chip has EFLAGS.ID */
    Flags(boolean identifiable) {
        implemented = identifiable ? OTHERS | ID : OTHERS;
    }

    /** Sets all arithmetic flags after an operation of {@code 32 - shift} bits with this result and these carries out of each bit. */
    void set(int value, int carryOut, int shift) {
        result = value << shift >> shift;
        carries = carryOut & 8 | carryOut << shift & TOP_TWO;
    }

    /** As {@link #set}, but CF stays as it was, as INC and DEC want it. */
    void setKeepingCarry(int value, int carryOut, int shift) {
        int carry = carries & 1 << 31;
        set(value, carryOut, shift);
        if ((carries & 1 << 31) != carry) {
            carries ^= TOP_TWO;
        }
    }

    /** Sets the flags of AND, OR, XOR and TEST: by the result, with CF, OF and AF clear. */
    void setLogic(int value, int shift) {
        result = value << shift >> shift;
        carries = 0;
    }

    boolean carry() {
        return carries < 0;
    }

    int carryBit() {
        return carries >>> 31;
    }

    boolean overflow() {
        return (carries ^ carries << 1) < 0;
    }

    boolean zero() {
        return result == 0;
    }

    boolean sign() {
        return (result ^ carries << 31) < 0;
    }

    boolean parity() {
        return (Integer.bitCount((result ^ carries >>> 8) & 0xFF) & 1) == 0;
    }

    boolean adjust() {
        return (carries & 8) != 0;
    }

    /** Changes CF alone. */
    void setCarry(boolean on) {
        if (on != carry()) {
            carries ^= TOP_TWO;
        }
    }

    /** Changes OF alone. */
    void setOverflow(boolean on) {
        if (on != overflow()) {
            carries ^= 1 << 30;
        }
    }

    void setAdjust(boolean on) {
        carries = on ? carries | 8 : carries & ~8;
    }

    /** Changes ZF alone. */
    void setZero(boolean on) {
        if (on != zero()) {
            setArithmetic(get() & ~ZF | (on ? ZF : 0));
        }
    }

    boolean direction() {
        return (others & DF) != 0;
    }

    boolean interruptsEnabled() {
        return (others & IF) != 0;
    }

    int iopl() {
        return (others & IOPL) >>> 12;
    }

    /** All of EFLAGS. */
    int get() {
        return others
                | ALWAYS_ONE
                | (carry() ? CF : 0)
                | (parity() ? PF : 0)
                | (adjust() ? AF : 0)
                | (zero() ? ZF : 0)
                | (sign() ? SF : 0)
                | (overflow() ? OF : 0);
    }

    /** Sets all of EFLAGS; reserved bits are ignored. */
    void set(int value) {
        others = value & implemented;
        setArithmetic(value);
    }

    /** Sets the arithmetic flags from an image of EFLAGS. */
    void setArithmetic(int value) {
        boolean zero = (value & ZF) != 0;
        boolean sign = (value & SF) != 0;
        boolean parity = (value & PF) != 0;
        carries = (value & CF) << 31 | ((value & CF) ^ (value & OF) >>> 11) << 30 | (value & AF) >>> 1;
        if (zero) {
            result = 0;
            carries |= (sign ? 1 : 0) | (parity ? 0 : 1 << 8);
        } else {
            result = (sign ? 1 << 31 : 0) | (parity ? 3 : 1);
        }
    }

    /** Whether a condition holds; the code is the low four bits of Jcc, SETcc. */
    boolean condition(int code) {
        boolean holds = switch (code >> 1) {
            case 0 -> overflow();
            case 1 -> carry();
            case 2 -> zero();
            case 3 -> carry() || zero();
            case 4 -> sign();
            case 5 -> parity();
            case 6 -> sign() != overflow();
            default -> zero() || sign() != overflow();
        };
        return holds ^ (code & 1) != 0;
    }
}
