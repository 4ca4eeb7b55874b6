package org.orrery.cpu;

import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;

/**
 * DR0 to DR7. While a breakpoint is enabled the CPU runs in its attentive loop, and {@link Segments} sends each data access through its
 * slow check, which reports it here; without one, nothing costs anything.
 */
final class DebugRegisters implements Stateful {
    /** DR6: debug registers touched while protected, single step, task switch. */
    static final int BD = 1 << 13;

    static final int BS = 1 << 14;
    static final int BT = 1 << 15;

    private static final int STATUS = 6;
    private static final int CONTROL = 7;
    private static final int STATUS_BITS = 15 | BD | BS | BT;
    private static final int STATUS_ONES = 0xFFFF_0FF0;
    private static final int CONTROL_BITS = 0xFFFF_23FF;
    private static final int CONTROL_ONES = 1 << 10;
    private static final int GENERAL_DETECT = 1 << 13;
    private static final int ENABLES = 0xFF;
    private static final int LOCAL_ENABLES = 0x155;
    private static final int ON_EXECUTION = 0;
    private static final int ON_WRITE = 1;

    private final Core c;
    private final int[] registers = new int[8];
    /** Data breakpoints that the instruction in execution has hit. */
    private int hits;
    /** The new task's trap bit was set: trap before its first instruction. */
    private boolean taskTrap;

    DebugRegisters(Core core) {
        c = core;
        reset();
    }

    void reset() {
        java.util.Arrays.fill(registers, 0);
        registers[STATUS] = STATUS_ONES;
        registers[CONTROL] = CONTROL_ONES;
        hits = 0;
        taskTrap = false;
    }

    /** MOV from a debug register; DR4 and DR5 are DR6 and DR7. */
    int read(int number) {
        check();
        return registers[alias(number)];
    }

    void write(int number, int value) {
        check();
        int n = alias(number);
        registers[n] = switch (n) {
            case STATUS -> value & STATUS_BITS | STATUS_ONES;
            case CONTROL -> value & CONTROL_BITS | CONTROL_ONES;
            default -> value;
        };
        arm();
        c.leaveLoop();
    }

    /** What a debugger sees, without privilege. */
    int peek(int number) {
        return registers[alias(number)];
    }

    private static int alias(int number) {
        return number == 4 || number == 5 ? number + 2 : number;
    }

    /** Ring 0 only; and with DR7.GD set every access is a debug fault. */
    private void check() {
        c.requireCpl0();
        if ((registers[CONTROL] & GENERAL_DETECT) != 0) {
            report(BD);
            throw c.fault.of(Interrupts.DEBUG, 0);
        }
    }

    private void arm() {
        c.seg.watch((registers[CONTROL] & ENABLES) != 0 ? this : null);
    }

    /** Whether each instruction must be looked at. */
    boolean armed() {
        return (registers[CONTROL] & ENABLES) != 0 || taskTrap;
    }

    /** The execution breakpoints at a linear address, as bits of DR6. */
    int executionHits(int linear) {
        int found = 0;
        for (int i = 0; i < 4; i++) {
            if (enabled(i) && kind(i) == ON_EXECUTION && registers[i] == linear) {
                found |= 1 << i;
            }
        }
        return found;
    }

    /** Notes a data access. */
    void touch(int linear, int size, boolean write) {
        for (int i = 0; i < 4; i++) {
            int kind = kind(i);
            if (enabled(i) && kind != ON_EXECUTION && (write || kind != ON_WRITE) && overlaps(i, linear, size)) {
                hits |= 1 << i;
            }
        }
    }

    private boolean enabled(int i) {
        return (registers[CONTROL] >> 2 * i & 3) != 0;
    }

    private int kind(int i) {
        return registers[CONTROL] >> 16 + 4 * i & 3;
    }

    /** A breakpoint covers 1, 2 or 4 aligned bytes. */
    private boolean overlaps(int i, int linear, int size) {
        int length = (registers[CONTROL] >> 18 + 4 * i & 3) + 1;
        int first = registers[i] & -length;
        return linear - first < length && first - linear < size;
    }

    /** Forgets the hits of an instruction that faulted or has not begun. */
    void forgetHits() {
        hits = 0;
    }

    int takeHits() {
        int found = hits;
        hits = 0;
        return found;
    }

    boolean takeTaskTrap() {
        boolean trap = taskTrap;
        taskTrap = false;
        return trap;
    }

    /** A task switch clears the local enables, and asks for a trap if the new task's TSS does. */
    void taskSwitched(boolean trap) {
        registers[CONTROL] &= ~LOCAL_ENABLES;
        taskTrap = trap;
        arm();
    }

    /** Sets bits of DR6 before a debug exception; its handler may touch the registers again. */
    void report(int causes) {
        registers[STATUS] |= causes;
        registers[CONTROL] &= ~GENERAL_DETECT;
    }

    @Override
    public String stateName() {
        return "debug";
    }

    @Override
    public void save(StateWriter out) {
        out.putInts("registers", registers);
        out.put("taskTrap", taskTrap);
    }

    @Override
    public void load(StateReader in) {
        in.getInts("registers", registers);
        taskTrap = in.getBoolean("taskTrap");
        hits = 0;
        arm();
    }
}
