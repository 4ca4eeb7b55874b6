package org.orrery.cli.conform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.orrery.cpu.Cpu;
import org.orrery.cpu.CpuConfig;
import org.orrery.cpu.DeviceTiming;
import org.orrery.cpu.EventQueue;
import org.orrery.cpu.InterruptSource;
import org.orrery.cpu.MemoryTiming;
import org.orrery.cpu.PhysicalMemory;
import org.orrery.cpu.PortBus;
import org.orrery.cpu.Stop;

/** Puts a CPU into the state before a capture, lets it run to the HLT, and says what is not as captured. */
final class CaptureRunner {
    /** Cycles after which an instruction will not come to its HLT any more; a REP of 65,535 takes about a million. */
    private static final int PATIENCE = 2_000_000;

    private static final int REAL_LIMIT = 0xFFFF;
    /** Present, writable data, accessed: what segment registers hold in real mode. */
    private static final int REAL_RIGHTS = 0x93;
    /** Where the flags lie above the stack pointer once an interrupt has pushed flags, CS and IP. */
    private static final int FLAGS_IN_FRAME = 4;

    private final CapturedMemory memory = new CapturedMemory();
    private final Cpu cpu;

    CaptureRunner() {
        PhysicalMemory physical = new PhysicalMemory(1 << PhysicalMemory.PAGE_SHIFT);
        physical.map(0, CapturedMemory.SIZE, memory, DeviceTiming.ZERO_WAIT);
        CpuConfig config =
                new CpuConfig("i486DX", true, 0x404, false, 1, 8192, 4, MemoryTiming.ZERO_WAIT, false, false);
        cpu = new Cpu(config, physical, new OpenPorts(), new NoInterrupts(), new EventQueue());
    }

    /** Ports that nobody answers at. */
    private static final class OpenPorts implements PortBus {
        @Override
        public int read(int port, int size) {
            return ~0 >>> 32 - 8 * size;
        }

        @Override
        public void write(int port, int size, int value) {}
    }

    /** An interrupt controller that never asks. */
    private static final class NoInterrupts implements InterruptSource {
        @Override
        public int acknowledge() {
            throw new IllegalStateException("no interrupt was requested");
        }
    }

    /** Runs a capture; returns a few words on each thing that is not as expected, none if all is. */
    List<String> run(Expectation expected) {
        load(expected.capture().before());
        List<String> differences = new ArrayList<>();
        String stopped = runToHalt(expected.capture().exception());
        if (stopped != null) {
            differences.add(stopped);
        } else {
            compareRegisters(expected, differences);
            compareMemory(expected, differences);
        }
        memory.clear();
        return differences;
    }

    private void load(ProcessorState before) {
        cpu.reset();
        before.memory().forEach((address, value) -> memory.write(address, 1, value));
        for (Register register : Register.values()) {
            int value = before.get(register);
            if (register.segment()) {
                cpu.setSegment(register.number, value, value << 4, REAL_LIMIT, REAL_RIGHTS);
            } else if (register.general()) {
                cpu.setRegister(register.number, value);
            }
        }
        cpu.setEflags(before.get(Register.FLAGS) & Register.FLAGS_OF_REAL_MODE);
        cpu.setEip(before.get(Register.IP));
    }

    /** Returns null if the CPU came to a HLT, or else why not; what enters a wrong vector is not followed any further. */
    private String runToHalt(int expectedVector) {
        Stop stop = cpu.step();
        if (cpu.lastVector() >= 0 && cpu.lastVector() != expectedVector) {
            return "vector is " + cpu.lastVector() + " not " + expectedVector;
        }
        if (stop == null && !cpu.halted()) {
            stop = cpu.run(cpu.ledger().now() + PATIENCE);
        }
        return cpu.halted() ? null : stop == Stop.LIMIT ? "does not come to the HLT" : cpu.stopReason();
    }

    private void compareRegisters(Expectation expected, List<String> differences) {
        Capture capture = expected.capture();
        if (cpu.lastVector() != capture.exception()) {
            differences.add("vector is " + cpu.lastVector() + " not " + capture.exception());
        }
        for (Register register : Register.values()) {
            int mask = register == Register.FLAGS ? ~expected.anyFlags() : ~0;
            int wanted = capture.expected(register) & mask;
            int is = value(register) & mask;
            if (is != wanted) {
                differences.add(String.format("%s is %04X not %04X", register, is, wanted));
            }
        }
    }

    private int value(Register register) {
        if (register.segment()) {
            return cpu.selector(register.number);
        }
        int value = switch (register) {
            case IP -> cpu.eip();
            case FLAGS -> cpu.eflags();
            default -> cpu.register(register.number);
        };
        return value & 0xFFFF;
    }

    private void compareMemory(Expectation expected, List<String> differences) {
        Map<Integer, Integer> wanted = new TreeMap<>(expected.capture().before().memory());
        wanted.putAll(expected.capture().after().memory());
        memory.forEachWritten(address -> wanted.putIfAbsent(address, 0));
        int pushedFlags = pushedFlags(expected.capture());
        wanted.forEach((address, value) -> {
            int any = address == pushedFlags
                    ? expected.anyFlags()
                    : address == pushedFlags + 1 ? expected.anyFlags() >>> 8 : 0;
            int is = memory.peek(address, 1);
            if (((is ^ value) & 0xFF & ~any) != 0) {
                differences.add(String.format("byte %05X is %02X not %02X", address, is, value));
            }
        });
    }

    /** The physical address of the flags that an exception pushed, or -1. */
    private static int pushedFlags(Capture capture) {
        if (capture.exception() < 0) {
            return -1;
        }
        int offset = capture.expected(Register.SP) + FLAGS_IN_FRAME & 0xFFFF;
        return (capture.expected(Register.SS) << 4) + offset;
    }
}
