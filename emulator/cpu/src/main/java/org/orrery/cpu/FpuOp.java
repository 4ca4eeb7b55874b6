package org.orrery.cpu;

/**
 * What an x87 instruction does: the {@code sub} of its {@link Uop}. Those from {@link #FIRST_CONTROL} on leave the pointers to the last
 * instruction alone, those from {@link #FIRST_UNCHECKED} on do not wait for pending errors.
 */
final class FpuOp {
    static final int ADD = 0;
    static final int MULTIPLY = 1;
    static final int SUBTRACT = 2;
    static final int SUBTRACT_REVERSED = 3;
    static final int DIVIDE = 4;
    static final int DIVIDE_REVERSED = 5;
    static final int COMPARE = 6;
    static final int COMPARE_QUIETLY = 7;
    static final int LOAD = 8;
    static final int STORE = 9;
    static final int STORE_REGISTER = 10;
    static final int EXCHANGE = 11;
    static final int FREE = 12;
    static final int ROTATE_UP = 13;
    static final int ROTATE_DOWN = 14;
    static final int NOTHING = 15;
    /** As {@link #STORE_REGISTER}, but an empty ST is popped and nothing else. */
    static final int STORE_REGISTER_OR_POP = 16;

    static final int CONSTANT_1 = 17;
    static final int CONSTANT_L2T = 18;
    static final int CONSTANT_L2E = 19;
    static final int CONSTANT_PI = 20;
    static final int CONSTANT_LG2 = 21;
    static final int CONSTANT_LN2 = 22;
    static final int CONSTANT_0 = 23;

    /** From here on one operand, in ST. */
    static final int EXAMINE = 24;

    static final int TEST = 25;
    static final int CHANGE_SIGN = 26;
    static final int ABSOLUTE = 27;
    static final int SQUARE_ROOT = 28;
    static final int ROUND = 29;

    /** From here on the slow functions, whose invalid and denormal operands are signalled at once. */
    static final int FIRST_SLOW = 30;

    static final int POWER_OF_2 = 30;
    static final int SINE = 31;
    static final int COSINE = 32;
    /** Two results. */
    static final int TANGENT = 33;

    static final int SINE_AND_COSINE = 34;
    static final int EXTRACT = 35;
    /** Two operands, in ST and ST(1). */
    static final int SCALE = 36;

    static final int REMAINDER = 37;
    static final int REMAINDER_NEAREST = 38;
    static final int LOGARITHM = 39;
    static final int LOGARITHM_PLUS_1 = 40;
    static final int ARCTANGENT = 41;

    static final int FIRST_CONTROL = 42;

    static final int WAIT = 42;
    static final int LOAD_CONTROL = 43;
    static final int LOAD_ENVIRONMENT = 44;
    static final int RESTORE = 45;

    static final int FIRST_UNCHECKED = 46;

    static final int INITIALIZE = 46;
    static final int CLEAR_EXCEPTIONS = 47;
    static final int STORE_CONTROL = 48;
    static final int STORE_STATUS = 49;
    static final int STORE_ENVIRONMENT = 50;
    static final int SAVE = 51;
    static final int IGNORED = 52;

    /** Where an operand is: the {@code src} of the {@link Uop}. */
    static final int FROM_REGISTER = 0;

    /** The result goes to ST(i) and the other operand is ST. */
    static final int TO_REGISTER = 1;

    static final int SINGLE = 2;
    static final int DOUBLE = 3;
    static final int EXTENDED = 4;
    static final int WORD = 5;
    static final int DWORD = 6;
    static final int QWORD = 7;
    static final int DECIMAL = 8;

    private FpuOp() {}
}
