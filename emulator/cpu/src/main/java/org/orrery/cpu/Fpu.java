package org.orrery.cpu;

import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;
import org.orrery.cpu.x87.Context;
import org.orrery.cpu.x87.Extended;

/**
 * The registers of the x87: the stack, control and status, the pointers to the last instruction, and the FERR# pin. {@code ST(i)} is
 * always counted from the top.
 */
final class Fpu implements Stateful {
    static final int INVALID = Context.INVALID;
    static final int STACK_FAULT = 1 << 6;
    static final int C0 = 1 << 8;
    static final int C1 = 1 << 9;
    static final int C2 = 1 << 10;
    static final int C3 = 1 << 14;

    private static final int CONTROL_AFTER_INIT = 0x37F;
    /** Control word: the bit that is always set. */
    private static final int CONTROL_ONE = 1 << 6;
    /** Control word: masks, precision, rounding, and the infinity control that does nothing since the 387. */
    private static final int CONTROL_BITS = 0x1F3F;

    private static final int CONDITIONS = C0 | C1 | C2 | C3;
    private static final int SUMMARY_AND_BUSY = 0x8080;
    private static final int TOP_SHIFT = 11;

    final boolean present;

    /** The registers by their physical numbers. */
    private final int[] exponent = new int[8];

    private final long[] mantissa = new long[8];
    /** A bit for each register that is not empty. */
    private int used;
    /** The physical number of ST. */
    private int top;

    private int control = CONTROL_AFTER_INIT;
    /** Exceptions, stack fault and condition bits; what else the status word shows follows from other fields. */
    private int status;

    /** When the arithmetic unit will have ended what it does while integer instructions run. */
    long busyUntil;

    /** The last instruction that was not one of control: opcode, address of its first byte, address of its memory operand. */
    int opcode;

    int codeOffset;
    int codeSelector;
    int dataOffset;
    int dataSelector;

    private NumericErrorLine errorLine = high -> {};
    private boolean errorSignalled;
    /** The IGNNE# pin: errors are ignored if CR0.NE is clear. */
    boolean ignoresErrors;

    Fpu(boolean present) {
        this.present = present;
    }

    void connect(NumericErrorLine line) {
        errorLine = line;
    }

    /** What FNINIT does; the registers keep their contents, but are empty. */
    void initialize() {
        control = CONTROL_AFTER_INIT;
        status = 0;
        top = 0;
        used = 0;
        opcode = 0;
        codeOffset = 0;
        codeSelector = 0;
        dataOffset = 0;
        dataSelector = 0;
        errorsMayBeGone();
    }

    void clearExceptions() {
        status &= CONDITIONS;
        errorsMayBeGone();
    }

    int control() {
        return control;
    }

    void setControl(int word) {
        control = word & CONTROL_BITS | CONTROL_ONE;
        errorsMayBeGone();
    }

    void maskAll() {
        setControl(control | Context.EXCEPTIONS);
    }

    /** An exception that is not masked waits to be handled. */
    boolean pending() {
        return (status & ~control & Context.EXCEPTIONS) != 0;
    }

    int statusWord() {
        return status | top << TOP_SHIFT | (pending() ? SUMMARY_AND_BUSY : 0);
    }

    void setStatusWord(int word) {
        status = word & (CONDITIONS | STACK_FAULT | Context.EXCEPTIONS);
        top = word >> TOP_SHIFT & 7;
        errorsMayBeGone();
    }

    /** Two bits for each physical register. */
    int tagWord() {
        int word = 0;
        for (int n = 7; n >= 0; n--) {
            boolean empty = (used >> n & 1) == 0;
            word = word << 2 | (empty ? 3 : Extended.tag(exponent[n], mantissa[n]));
        }
        return word;
    }

    /** Only empty and not empty count: the rest is worked out from the contents when asked for. */
    void setTagWord(int word) {
        used = 0;
        for (int n = 0; n < 8; n++) {
            used |= (word >> 2 * n & 3) != 3 ? 1 << n : 0;
        }
    }

    boolean empty(int i) {
        return (used >> (top + i & 7) & 1) == 0;
    }

    int exponent(int i) {
        return exponent[top + i & 7];
    }

    long mantissa(int i) {
        return mantissa[top + i & 7];
    }

    /** Fills a register, which is then not empty. */
    void set(int i, int newExponent, long newMantissa) {
        fill(i, newExponent, newMantissa);
        used |= 1 << (top + i & 7);
    }

    /** Fills a register without changing whether it is empty. */
    void fill(int i, int newExponent, long newMantissa) {
        exponent[top + i & 7] = newExponent & 0xFFFF;
        mantissa[top + i & 7] = newMantissa;
    }

    void free(int i) {
        used &= ~(1 << (top + i & 7));
    }

    void push(int newExponent, long newMantissa) {
        rotate(-1);
        set(0, newExponent, newMantissa);
    }

    void pop(int count) {
        for (int i = 0; i < count; i++) {
            free(0);
            rotate(1);
        }
    }

    void rotate(int by) {
        top = top + by & 7;
    }

    void clearC1() {
        status &= ~C1;
    }

    void setConditions(int which, int bits) {
        status = status & ~which | bits;
    }

    /** Adds the exceptions that an operation met, and says in C1 whether it rounded up. */
    void report(int exceptions, boolean roundedUp) {
        status = status & ~C1 | exceptions | (roundedUp ? C1 : 0);
    }

    /** Reports that a register to be filled is in use; returns whether that exception is masked. */
    boolean stackOverflows() {
        report(INVALID | STACK_FAULT, true);
        return (control & INVALID) != 0;
    }

    /** Reports that a register to be read is empty; returns whether that exception is masked. */
    boolean stackUnderflows() {
        report(INVALID | STACK_FAULT, false);
        return (control & INVALID) != 0;
    }

    /** Of these exceptions, one waits to be handled. */
    boolean pending(int exceptions) {
        return (status & ~control & exceptions) != 0;
    }

    void signalError() {
        if (!errorSignalled) {
            errorSignalled = true;
            errorLine.set(true);
        }
    }

    private void errorsMayBeGone() {
        if (errorSignalled && !pending()) {
            errorSignalled = false;
            errorLine.set(false);
        }
    }

    @Override
    public String stateName() {
        return "fpu";
    }

    @Override
    public void save(StateWriter out) {
        out.putInts("exponents", exponent);
        out.putLongs("mantissas", mantissa);
        out.put("used", used);
        out.put("top", top);
        out.put("control", control);
        out.put("status", status);
        out.putInts("pointers", new int[] {opcode, codeOffset, codeSelector, dataOffset, dataSelector});
        out.put("errorSignalled", errorSignalled);
        out.put("ignoresErrors", ignoresErrors);
        out.put("busyUntil", busyUntil);
    }

    @Override
    public void load(StateReader in) {
        in.getInts("exponents", exponent);
        in.getLongs("mantissas", mantissa);
        used = in.getInt("used");
        top = in.getInt("top");
        control = in.getInt("control");
        status = in.getInt("status");
        int[] pointers = new int[5];
        in.getInts("pointers", pointers);
        opcode = pointers[0];
        codeOffset = pointers[1];
        codeSelector = pointers[2];
        dataOffset = pointers[3];
        dataSelector = pointers[4];
        errorSignalled = in.getBoolean("errorSignalled");
        ignoresErrors = in.getBoolean("ignoresErrors");
        busyUntil = in.getLong("busyUntil");
    }
}
