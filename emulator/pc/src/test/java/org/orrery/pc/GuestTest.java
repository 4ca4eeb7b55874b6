package org.orrery.pc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.orrery.pc.Outcome.Ending;
import org.orrery.pc.boot.BootOptions;
import org.orrery.pc.boot.ImageLoader;
import org.orrery.pc.device.MarkPort.Mark;
import org.orrery.pc.profile.Profile;

/** Ordinary gcc output for the i486, run to its end. */
class GuestTest {
    private static final long ENOUGH = 2_000_000_000L;

    @ParameterizedTest
    @CsvSource({
        "sieve, 1, 23c84d89",
        "hash, 1, f03b1692",
        "sort, 1, 5e21f3ec",
        "paging, 20000, 003947c0",
        "sysc, 100000, 42110281"
    })
    void printsExactlyWhatItShould(String guest, String n, String checksum) {
        StringBuilder console = new StringBuilder();
        Machine machine = boot(guest, n, console);
        Outcome outcome = machine.run(ENOUGH);
        assertThat(console)
                .hasToString("BENCH %s n=%s\r\nSTART\r\nchecksum=%s\r\nEND\r\n".formatted(guest, n, checksum));
        assertThat(outcome).isEqualTo(new Outcome(Ending.EXITED, 0, ""));
        assertThat(machine.marks()).extracting(Mark::value).containsExactly(1, 2);
    }

    @ParameterizedTest
    @CsvSource({"sort, 1", "paging, 20000", "sysc, 50000"})
    void steppingTakesTheSameCyclesToTheSameStateAsRunning(String guest, String n) {
        Machine stepped = boot(guest, n, new StringBuilder());
        for (int i = 0; i < 400_000; i++) {
            stepped.step();
        }
        Machine run = boot(guest, n, new StringBuilder());
        run.run(stepped.now());
        assertThat(run.now()).isEqualTo(stepped.now());
        assertThat(run.stateHash()).isEqualTo(stepped.stateHash());
    }

    private static Machine boot(String guest, String n, StringBuilder console) {
        Path image = Path.of(System.getProperty("orrery.shared", "missing"), "guests", "bench", guest + ".elf");
        assumeTrue(Files.exists(image), "the guest images are not here");
        Machine machine = Machine.builder(Profile.byName(Profile.DEFAULT))
                .memory(4 << 20)
                .console(b -> console.append((char) b))
                .build();
        ImageLoader.load(machine, image, BootOptions.NONE.withCommandLine("n=" + n));
        return machine;
    }
}
