package org.orrery.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.orrery.pc.Machine;
import org.orrery.pc.Outcome;
import org.orrery.pc.Outcome.Ending;
import org.orrery.pc.boot.BootOptions;
import org.orrery.pc.boot.ImageLoader;
import org.orrery.pc.profile.Profile;

/** Guest instructions and simulated cycles in a second of the host, on the shared guests, with timing on. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class GuestSpeed {
    /** Long enough that entering and leaving the machine costs nothing beside it. */
    private static final long SLICE_CYCLES = 1_000_000;

    @Param({"sieve", "hash", "sort", "paging", "sysc"})
    public String guest;

    private Path image;
    private Machine machine;

    /** JMH divides these by the time of the iteration. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Done {
        public long instructions;
        public long cycles;
    }

    @Setup
    public void boot() {
        image = Path.of(System.getProperty("orrery.shared", "../shared"), "guests", "bench", guest + ".elf");
        if (!Files.exists(image)) {
            throw new IllegalStateException("no guest " + image + "; name its folder with -Dorrery.shared=FOLDER");
        }
        reboot();
    }

    private void reboot() {
        machine = Machine.builder(Profile.byName(Profile.DEFAULT)).build();
        ImageLoader.load(machine, image, BootOptions.NONE);
    }

    /** Runs the guest for a slice, from the beginning again when it has ended. */
    @Benchmark
    public Outcome slice(Done done) {
        long instructions = machine.cpu().instructions();
        long cycles = machine.now();
        Outcome outcome = machine.run(cycles + SLICE_CYCLES);
        done.instructions += machine.cpu().instructions() - instructions;
        done.cycles += machine.now() - cycles;
        if (outcome.ending() != Ending.LIMIT) {
            reboot();
        }
        return outcome;
    }
}
