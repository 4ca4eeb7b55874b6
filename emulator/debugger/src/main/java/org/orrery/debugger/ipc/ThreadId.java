package org.orrery.debugger.ipc;

/**
 * A 64-bit thread id of L4 Version 2. Low dword, low bit first: {@code version_low:10, lthread:7, task:11, version_high:4};
 * high dword: {@code site:17, chief:11, nest:4}.
 */
public record ThreadId(int low, int high) {
    private static final int INTERRUPTS = 256;

    /** No thread. Only the low dword says so. */
    public boolean isNil() {
        return low == 0;
    }

    public boolean isInvalid() {
        return low == -1;
    }

    /** Whether this is the id of a hardware interrupt: the line plus one in the low byte, the rest zero. */
    public boolean isInterrupt() {
        return high == 0 && low > 0 && low < INTERRUPTS;
    }

    /** The line of an interrupt id. */
    public int interrupt() {
        return low - 1;
    }

    public int version() {
        return low & 0x3FF | low >>> 28 << 10;
    }

    /** The thread's number in its task, 0 to 127. */
    public int thread() {
        return low >>> 10 & 0x7F;
    }

    /** The task's number, 0 to 2047. */
    public int task() {
        return low >>> 17 & 0x7FF;
    }

    /** The task number of the chief. */
    public int chief() {
        return high >>> 17 & 0x7FF;
    }

    /** Depth of nested clans. */
    public int nest() {
        return high >>> 28;
    }

    public int site() {
        return high & 0x1FFFF;
    }

    /** Whether both name the same thread, whatever the version. */
    public boolean sameThread(ThreadId other) {
        return task() == other.task() && thread() == other.thread() && isInterrupt() == other.isInterrupt();
    }

    /** {@code task.thread}, {@code irq N}, {@code nil} or {@code invalid}. */
    @Override
    public String toString() {
        if (isNil()) {
            return "nil";
        }
        if (isInvalid()) {
            return "invalid";
        }
        return isInterrupt() ? "irq " + interrupt() : task() + "." + thread();
    }
}
