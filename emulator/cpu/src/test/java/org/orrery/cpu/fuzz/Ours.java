package org.orrery.cpu.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.orrery.cpu.Bench;
import org.orrery.cpu.Cpu;

/** Runs programs on our CPU. */
final class Ours {
    /** Steps after which a program, cut down to find out why it fails, is taken to go round in circles. */
    private static final int PATIENCE = 20_000;

    final Bench bench = new Bench(Layout.SIZE);

    /** Runs from the prologue to where the program ends, or to an exception. */
    Outcome run(Program program) {
        bench.memory.load(0, program.image());
        bench.begin(Layout.PROLOGUE);
        int steps = 0;
        while (bench.linearEip() != program.until() && steps++ < PATIENCE && bench.step()) {}
        return outcome(steps < PATIENCE ? bench.vector() : Outcome.BROKEN);
    }

    private Outcome outcome(int vector) {
        Cpu cpu = bench.cpu();
        int[] general = new int[8];
        for (int i = 0; i < general.length; i++) {
            general[i] = cpu.register(i);
        }
        int[] segments = new int[6];
        for (int i = 0; i < segments.length; i++) {
            segments[i] = cpu.selector(i);
        }
        byte[] memory = new byte[Layout.SIZE];
        ByteBuffer words = ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < memory.length; i += 4) {
            words.putInt(i, bench.memory.read32(i));
        }
        return new Outcome(
                vector, general, cpu.eip(), cpu.eflags(), segments, cpu.control(2), X87State.of(bench), memory);
    }
}
