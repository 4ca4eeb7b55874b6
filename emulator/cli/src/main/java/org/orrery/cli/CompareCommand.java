package org.orrery.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.orrery.cli.compare.Comparison;
import org.orrery.cli.compare.Cost;
import org.orrery.cpu.Cause;
import org.orrery.debugger.ipc.IpcReport;
import org.orrery.debugger.ipc.IpcSample;
import org.orrery.debugger.measure.Account;
import org.orrery.debugger.measure.Measurement;
import org.orrery.isa.debug.DebugInfo;
import org.orrery.pc.Machine;
import org.orrery.pc.Outcome;
import org.orrery.pc.profile.Profile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two images, or two machines. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        header = "Show where the cycles of two runs differ.",
        description = {
            "Show where the cycles of two runs differ, by phase and by cause. A and B are two images, or two machines.",
            "Two machines run --image; without it they run the microkernel, and one round trip of its messages is compared."
                    + " So it is with two microkernels (see 'orrery kernel').",
            "The phases are those that the image's sources mark. Of an image without any, they are what lies between its"
                    + " writes to port E8h."
        },
        footer = {
            "",
            "Examples:",
            "  orrery compare 486dx33 486dx50",
            "  orrery compare 486dx33 486dx2-66 --image kernel.elf --append n=1",
            "  orrery compare old.elf new.elf --machine 486dx50 --json",
            "  orrery compare kernel.elf strict.elf"
        })
final class CompareCommand implements Callable<Integer> {
    private static final String ROUND_TRIP = "one round trip: a call and its answer, with warm caches";

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A", description = "An image, or a machine.")
    private String a;

    @Parameters(index = "1", paramLabel = "B", description = "Another.")
    private String b;

    @Option(names = "--image", paramLabel = "FILE", description = "What two machines are to run.")
    private Path image;

    @Mixin
    private MachineOptions machineOptions;

    @Mixin
    private ImageOptions imageOptions;

    @Option(names = "--max-cycles", paramLabel = "N", description = "End each run at this CPU cycle.")
    private long maxCycles = Long.MAX_VALUE;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        boolean machines = MachineOptions.isProfile(a) && MachineOptions.isProfile(b);
        Comparison comparison;
        if (machines && image == null) {
            imageOptions.requireNone();
            comparison = Comparison.of(
                    ROUND_TRIP, roundTrip("", a, PingPong.shipped()), roundTrip("", b, PingPong.shipped()));
        } else if (machines) {
            comparison = Comparison.of("the whole run", whole(a, image), whole(b, image));
        } else {
            requireImages();
            comparison = images(Path.of(a), Path.of(b));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.of(comparison));
        } else {
            comparison.lines().forEach(out::println);
        }
        out.flush();
        return ExitStatus.OK;
    }

    /** Microkernels without modules of their own get the ping-pong. */
    private Comparison images(Path first, Path second) throws IOException {
        String machine = machineOptions.machine();
        if (imageOptions.none() && PingPong.isKernel(first) && PingPong.isKernel(second)) {
            return Comparison.of(
                    ROUND_TRIP,
                    roundTrip(first + " on ", machine, PingPong.on(first)),
                    roundTrip(second + " on ", machine, PingPong.on(second)));
        }
        return Comparison.of("the whole run", whole(machine, first), whole(machine, second));
    }

    private void requireImages() {
        if (image != null) {
            throw new UserError(
                    "--image is what two machines are to run; the machines are " + String.join(", ", Profile.names()));
        }
        for (String side : List.of(a, b)) {
            if (MachineOptions.isProfile(side)) {
                throw new UserError("compare two images or two machines; " + side + " is a machine");
            }
        }
    }

    private Cost roundTrip(String what, String machineName, PingPong system) {
        Machine machine = machineOptions.builder(machineName).build();
        system.load(machine);
        IpcReport report = system.measure(machine, maxCycles)
                .orElseThrow(() -> new UserError("--max-cycles " + maxCycles + ": too few messages until then"));
        List<IpcSample> samples =
                report.directions().stream().map(IpcReport.Direction::typical).toList();
        long instructions = samples.stream().mapToLong(IpcSample::instructions).sum();
        Cost cost = Cost.of(what + machine.description(), machine.profile().clockHz(), instructions);
        samples.forEach(s -> s.phases().forEach(p -> cost.add(p.phase(), p.causes())));
        return cost;
    }

    private Cost whole(String machineName, Path file) throws IOException {
        GuestRun run = new GuestRun(machineOptions.builder(machineName), OutputStream.nullOutputStream());
        imageOptions.load(run.machine(), file);
        DebugInfo info = imageOptions.debugInfo(file);
        String name = file + " on " + run.machine().description();
        return info.phases().isEmpty() ? betweenMarks(name, run) : byPhase(name, run.machine(), info);
    }

    private Cost betweenMarks(String name, GuestRun run) throws IOException {
        requireGoodEnd(name, run.machine(), run.run(InputStream.nullInputStream(), maxCycles));
        Cost cost = Cost.of(name, run.machine().profile().clockHz(), run.whole().instructions());
        run.parts().forEach(part -> cost.add(part.name(), part.span().cyclesByCause()));
        return cost;
    }

    private Cost byPhase(String name, Machine machine, DebugInfo info) {
        Measurement measurement = Measurement.of(machine, info);
        requireGoodEnd(name, machine, measurement.run(maxCycles));
        Account account = measurement.byPhase();
        Cost cost = Cost.of(name, machine.profile().clockHz(), account.instructions());
        for (int row = 0; row < account.rows().size(); row++) {
            if (account.cycles(row) != 0) {
                cost.add(account.rows().get(row), causes(account, row));
            }
        }
        return cost;
    }

    private static Map<String, Long> causes(Account account, int row) {
        return Stream.of(Cause.values())
                .filter(cause -> account.cycles(row, cause) != 0)
                .collect(Collectors.toMap(Cause::label, cause -> account.cycles(row, cause)));
    }

    private static void requireGoodEnd(String name, Machine machine, Outcome outcome) {
        if (Endings.isCrash(outcome)) {
            throw new UserError(name + ": " + Endings.line(machine, outcome), ExitStatus.GUEST_CRASH);
        }
    }
}
