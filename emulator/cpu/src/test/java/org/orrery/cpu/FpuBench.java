package org.orrery.cpu;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.isa.asm.Assembler;
import org.orrery.isa.asm.Assembly;
import org.orrery.isa.asm.SourceResolver;

/** Runs assembled x87 code in flat 32-bit mode and looks at what FNSAVE shows afterwards. Data may go from {@link #DATA} on. */
final class FpuBench {
    static final int DATA = 0x9000;
    private static final int IMAGE = 0xF000;
    static final String INDEFINITE = "ffff:c000000000000000";
    static final String ONE = "3fff:8000000000000000";

    final TestBoard board;
    private final Assembly assembly;

    FpuBench(String source) {
        this(TestBoard.CONFIG, source);
    }

    FpuBench(CpuConfig config, String source) {
        assembly = assemble(32, source);
        board = TestBoard.flat(config, "");
        board.memory.load(TestBoard.CODE, assembly.toFlat());
    }

    static Assembly assemble(int bits, String source) {
        String whole = "bits " + bits + "\norg 0x1000\n" + source.replace(';', '\n') + "\nend:\n";
        byte[] content = whole.getBytes(StandardCharsets.UTF_8);
        return new Assembler((name, includer) -> Optional.of(new SourceResolver.Source("test.asm", content)))
                .assemble("test.asm");
    }

    /** Runs to the end of the source. */
    static FpuBench run(String source) {
        return new FpuBench(source).toEnd();
    }

    FpuBench toEnd() {
        return to("end");
    }

    FpuBench to(String label) {
        for (int i = 0; board.cpu.eip() != (int) assembly.valueOf(label); i++) {
            if (i == 1000) {
                throw new AssertionError(String.format("lost at %08x", board.cpu.eip()));
            }
            board.steps(1);
        }
        return this;
    }

    /** What FNSAVE would write, without doing it to this machine. */
    private TestBoard saved() {
        StateWriter out = new StateWriter();
        board.memory.save(out);
        board.cpu.save(out);
        TestBoard copy = new TestBoard();
        StateReader in = new StateReader(out.toByteArray());
        copy.memory.load(in);
        copy.cpu.load(in);
        copy.cpu.setSegment(Cpu.DS, 16, 0, -1, 0xC093);
        copy.load(0xE000, "DD35 00F00000");
        copy.cpu.setEip(0xE000);
        copy.steps(1);
        return copy;
    }

    int control() {
        return saved().memory.peek32(IMAGE) & 0xFFFF;
    }

    int status() {
        return saved().memory.peek32(IMAGE + 4) & 0xFFFF;
    }

    int top() {
        return status() >> 11 & 7;
    }

    int exceptions() {
        return status() & 0x7F;
    }

    boolean c1() {
        return (status() & 0x200) != 0;
    }

    /** C3, C2, C0 as a number of three bits. */
    int conditions() {
        int word = status();
        return (word >> 14 & 1) << 2 | (word >> 10 & 1) << 1 | word >> 8 & 1;
    }

    int tagWord() {
        return saved().memory.peek32(IMAGE + 8) & 0xFFFF;
    }

    /** The two tag bits of ST(i). */
    int tag(int i) {
        return tagWord() >> 2 * (top() + i & 7) & 3;
    }

    /** ST(i) as exponent and mantissa. */
    String st(int i) {
        PhysicalMemory m = saved().memory;
        int at = IMAGE + 28 + 10 * i;
        int exponent = m.peek8(at + 8) & 0xFF | (m.peek8(at + 9) & 0xFF) << 8;
        return String.format("%04x:%08x%08x", exponent, m.peek32(at + 4), m.peek32(at));
    }

    /** ST(i) as a double, if it is one. */
    double value(int i) {
        String s = st(i);
        int exponent = Integer.parseInt(s.substring(0, 4), 16);
        long mantissa = Long.parseUnsignedLong(s.substring(5), 16);
        double magnitude = Math.scalb((double) (mantissa >>> 11), (exponent & 0x7FFF) - 0x3FFF - 52);
        return exponent >= 0x8000 ? -magnitude : magnitude;
    }

    int dword(int address) {
        return board.memory.peek32(address);
    }

    int word(int address) {
        return board.memory.peek32(address) & 0xFFFF;
    }
}
