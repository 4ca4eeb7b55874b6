package org.orrery.cpu;

import java.util.ArrayList;
import java.util.List;

/** A CPU on a bare board: RAM, ports that log, an interrupt that the test raises; code in hex. */
final class TestBoard implements PortBus {
    static final CpuConfig CONFIG =
            new CpuConfig("i486DX", true, 0x0404, false, 1, 8192, 4, MemoryTiming.ZERO_WAIT, false, false);
    static final int CODE = 0x1000;
    static final int STACK = 0x8000;

    final PhysicalMemory memory = new PhysicalMemory(1 << 20);
    final EventQueue events = new EventQueue();
    final List<String> portLog = new ArrayList<>();
    int vector = 0x20;
    final Cpu cpu;

    TestBoard() {
        this(CONFIG);
    }

    TestBoard(CpuConfig config) {
        cpu = new Cpu(config, memory, this, () -> vector, events);
    }

    /** Flat 32-bit protected mode at ring 0, caches on, with the code at {@link #CODE}. */
    static TestBoard flat(String hex) {
        return flat(CONFIG, hex);
    }

    static TestBoard flat(CpuConfig config, String hex) {
        TestBoard board = new TestBoard(config);
        board.cpu.setControl(0, 0x11);
        board.cpu.setSegment(Cpu.CS, 8, 0, -1, 0xC09B);
        for (int s : new int[] {Cpu.ES, Cpu.SS, Cpu.DS, Cpu.FS, Cpu.GS}) {
            board.cpu.setSegment(s, 16, 0, -1, 0xC093);
        }
        board.load(CODE, hex);
        board.cpu.setEip(CODE);
        board.cpu.setRegister(Cpu.ESP, STACK);
        return board;
    }

    void load(int address, String hex) {
        String digits = hex.replace(" ", "");
        byte[] bytes = new byte[digits.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        }
        memory.load(address, bytes);
    }

    void store(int address, int value) {
        memory.write32(address, value);
    }

    /** A GDT at 2000h: null, code 0, data 0, code 3, data 3, TSS at 3000h with its ring 0 stack at 7000h; and an IDT at 2800h. */
    void tables() {
        load(
                0x2000,
                "0000000000000000 FFFF0000009BCF00 FFFF00000093CF00 FFFF000000FBCF00 FFFF000000F3CF00 6700003000890000");
        store(0x3004, 0x7000);
        store(0x3008, 0x10);
        load(0x2F00, "FF0700200000 FF0700280000");
    }

    /** An interrupt gate to ring 0 code. */
    void gate(int number, int offset, int dpl) {
        store(0x2800 + 8 * number, 8 << 16 | offset & 0xFFFF);
        store(0x2804 + 8 * number, offset & 0xFFFF0000 | 0x8E00 | dpl << 13);
    }

    /** Flat 32-bit code with {@link #tables} loaded, TR among them. */
    static TestBoard withTables(String hex) {
        TestBoard board = flat("0F0115002F0000 0F011D062F0000 66B82800 0F00D8" + hex);
        board.tables();
        return board.steps(4);
    }

    /** Goes on in ring 3 with the code at 5000h and a stack at 6000h. */
    static TestBoard inRing3(String hex) {
        TestBoard board = withTables("6A23 6800600000 6802020000 6A1B 6800500000 CF");
        board.load(0x5000, hex);
        return board.steps(6);
    }

    /** Identity page tables at 10000h and 11000h for the first 4 MB, present, writable, user. */
    void pageTables() {
        store(0x10000, 0x11007);
        for (int i = 0; i < 1024; i++) {
            store(0x11000 + 4 * i, i << 12 | 7);
        }
        cpu.setControl(3, 0x10000);
        cpu.setControl(0, 0x8001_0011);
    }

    TestBoard steps(int count) {
        for (int i = 0; i < count; i++) {
            cpu.step();
        }
        return this;
    }

    int register(int n) {
        return cpu.register(n);
    }

    @Override
    public int read(int port, int size) {
        portLog.add(String.format("in %x %d", port, size));
        return 0x5A5A5A5A;
    }

    @Override
    public void write(int port, int size, int value) {
        portLog.add(String.format("out %x %d %x", port, size, value));
    }
}
