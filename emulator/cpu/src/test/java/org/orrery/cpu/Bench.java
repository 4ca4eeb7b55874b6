package org.orrery.cpu;

/** A CPU whose faults are seen before they are delivered, for tests that compare it with another. */
public final class Bench {
    private static final int RING_BITS = 3;

    public final PhysicalMemory memory;
    private final Core core;
    private final Cpu cpu;
    private final Interpreter interpreter;

    private int vector = -1;

    /**
     * @param bytes size of memory
     */
    public Bench(int bytes) {
        memory = new PhysicalMemory(bytes);
        cpu = new Cpu(TestBoard.CONFIG, memory, new SilentPorts(), () -> 0, new EventQueue());
        core = cpu.core();
        interpreter = cpu.interpreter();
    }

    /** Ports that read as zero. */
    private static final class SilentPorts implements PortBus {
        @Override
        public int read(int port, int size) {
            return 0;
        }

        @Override
        public void write(int port, int size, int value) {}
    }

    /** Resets the CPU and begins in real mode at an address below 64 KB. */
    public void begin(int address) {
        cpu.reset();
        cpu.setSegment(Cpu.CS, 0, 0, 0xFFFF, 0x93);
        cpu.setEip(address);
        vector = -1;
    }

    /** Executes one instruction, or one iteration of a REP; returns false if it raised a fault, whose {@link #vector} is then known. */
    public boolean step() {
        try {
            core.deadline = 0;
            interpreter.instruction();
            return true;
        } catch (GuestFault fault) {
            core.eip = core.instructionEip;
            vector = fault.vector;
            return false;
        }
    }

    /** Whether the next step goes on with a REP. */
    public boolean repeating() {
        return core.fetchedLine == Core.REPEATING;
    }

    /** Makes the CPU see what was put into memory as code. */
    public void refetch() {
        core.jump(core.eip);
    }

    /** The fault that the last step raised, or -1. */
    public int vector() {
        return vector;
    }

    public Cpu cpu() {
        return cpu;
    }

    public boolean protectedMode() {
        return core.protectedMode();
    }

    public boolean bigStack() {
        return core.seg.big(Cpu.SS);
    }

    /** Linear address of the next instruction. */
    public int linearEip() {
        return core.seg.base[Cpu.CS] + core.eip;
    }

    public int ring() {
        return core.cpl & RING_BITS;
    }

    public int x87Control() {
        return core.fpu.control();
    }

    public int x87Status() {
        return core.fpu.statusWord();
    }

    public int x87Tags() {
        return core.fpu.tagWord();
    }

    public boolean x87Empty(int i) {
        return core.fpu.empty(i);
    }

    /** Sign and exponent of ST(i). */
    public int x87Exponent(int i) {
        return core.fpu.exponent(i) & 0xFFFF;
    }

    public long x87Mantissa(int i) {
        return core.fpu.mantissa(i);
    }
}
