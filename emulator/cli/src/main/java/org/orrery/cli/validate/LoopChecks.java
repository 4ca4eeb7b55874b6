package org.orrery.cli.validate;

import java.util.List;
import java.util.Map;
import org.orrery.cli.time.Snippet;
import org.orrery.cli.time.Stopwatch;
import org.orrery.cli.time.Timed;
import org.orrery.isa.asm.SourceResolver;
import org.orrery.pc.Machine;
import org.orrery.pc.profile.Profile;

/** The loops that M. Abrash timed on real machines. */
final class LoopChecks {
    static final String SECTION = "loops";

    private static final String SOURCE = "S7";
    private static final String FROM = "measured";
    private static final String TO = "measured_end";
    private static final int ROUNDS = 4;
    private static final long CYCLES = 1_000_000;
    private static final int MEMORY = 1 << 20;

    private LoopChecks() {}

    static List<Check> run() {
        return LoopCase.read().stream().map(LoopChecks::check).toList();
    }

    private static Check check(LoopCase loop) {
        return new Check(
                SECTION,
                loop.name(),
                SOURCE,
                "found",
                loop.mode().label(),
                Math.round(100.0 * measure(loop) / loop.groups()) / 100.0,
                loop.clocks(),
                "",
                loop.caveat().isEmpty(),
                loop.caveat(),
                "");
    }

    private static double measure(LoopCase loop) {
        Snippet snippet = Snippet.assemble(loop.name(), loop.source(), loop.mode(), SourceResolver.texts(Map.of()));
        Machine machine =
                Machine.builder(Profile.byName(loop.machine())).memory(MEMORY).build();
        Timed timed = new Stopwatch(snippet, machine, ROUNDS, CYCLES).time("");
        if (!loop.source().contains(FROM + ":")) {
            return timed.warm().cycles();
        }
        int from = snippet.address(FROM);
        int to = snippet.address(TO);
        return timed.instructions().stream()
                .filter(line -> isBetween(Integer.parseInt(line.address(), 16), from, to))
                .mapToDouble(line -> line.warm().cycles())
                .sum();
    }

    private static boolean isBetween(int address, int from, int to) {
        return address >= from && address < to;
    }
}
