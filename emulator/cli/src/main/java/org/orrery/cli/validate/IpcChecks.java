package org.orrery.cli.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.orrery.cli.time.Mode;
import org.orrery.cpu.Cause;
import org.orrery.pc.profile.Profile;

/** The sequences of instructions whose least cost J. Liedtke works out in the tables 3, 4 and 5 of "Improving IPC by Kernel Design" (1993). */
final class IpcChecks {
    static final String SECTION = "ipc";

    private static final String SOURCE = "L93";
    /** The paper's machine. */
    private static final Profile MACHINE = Profile.byName("486dx50");

    private static final String TLB = "TLB misses";
    private static final int ROUNDS = 3;

    /**
     * A sequence.
     *
     * @param clocks of execution, published
     * @param tlb clocks of TLB misses, published
     * @param exact whether execution and total must be equal; TLB misses must in any case
     * @param remark on the published figures, or empty
     */
    private record Sequence(String name, String resource, int clocks, int tlb, boolean exact, String remark) {}

    private static final List<Sequence> SEQUENCES = List.of(
            new Sequence(
                    "table 3 null message",
                    "null-ipc.asm",
                    127,
                    45,
                    false,
                    "the 0F of MOV CR3 is decoded behind a load of one clock, and the queue waits where code runs on into"
                            + " another line; the paper counts neither"),
            new Sequence(
                    "table 4 mapping",
                    "temporary-mapping.asm",
                    35,
                    27,
                    false,
                    "20 of the paper's are for the start of the copy, whose instructions it does not give; ours is one read"),
            new Sequence("table 5 port access", "port-access.asm", 11, 18, true, ""));

    private IpcChecks() {}

    static List<Check> run() {
        List<Check> checks = new ArrayList<>();
        SEQUENCES.forEach(sequence -> checks.addAll(check(sequence)));
        return checks;
    }

    private static List<Check> check(Sequence sequence) {
        Guest guest = new Guest(sequence.resource(), Resources.text(sequence.resource()), Mode.PAGED, MACHINE);
        int from = guest.address("measured");
        int to = guest.address("measured_end");
        for (int round = 1; round < ROUNDS; round++) {
            guest.runTo(from);
            guest.runTo(to);
        }
        guest.runTo(from);
        long[] before = new long[Cause.values().length];
        long[] after = before.clone();
        guest.cpu().ledger().copyTo(before);
        guest.runTo(to);
        guest.cpu().ledger().copyTo(after);
        return checks(sequence, before, after);
    }

    private static List<Check> checks(Sequence sequence, long[] before, long[] after) {
        long walks = spent(before, after, Cause.TLB_WALK);
        long agi = spent(before, after, Cause.AGI);
        long index = spent(before, after, Cause.DECODE);
        long execution = spent(before, after, Cause.EXECUTE);
        long total = Stream.of(Cause.values())
                .mapToLong(cause -> spent(before, after, cause))
                .sum();
        return List.of(
                check(sequence, "execution", execution + agi + index, sequence.clocks(), parts(before, after)),
                check(sequence, TLB, walks, sequence.tlb(), ""),
                check(sequence, "total", total, sequence.clocks() + sequence.tlb(), ""));
    }

    private static long spent(long[] before, long[] after, Cause cause) {
        return after[cause.ordinal()] - before[cause.ordinal()];
    }

    /** All causes but TLB walks, in words. */
    private static String parts(long[] before, long[] after) {
        return Stream.of(Cause.values())
                .filter(cause -> cause != Cause.TLB_WALK && spent(before, after, cause) != 0)
                .map(cause -> String.format(Locale.ROOT, "%s %d", cause.label(), spent(before, after, cause)))
                .collect(Collectors.joining(", "));
    }

    private static Check check(Sequence sequence, String part, long predicted, int published, String parts) {
        String note = Stream.of(parts, part.equals(TLB) ? "" : sequence.remark())
                .filter(s -> !s.isEmpty())
                .collect(Collectors.joining("; "));
        return new Check(
                SECTION,
                sequence.name() + ": " + part,
                SOURCE,
                "found",
                Mode.PAGED.label(),
                (double) predicted,
                (double) published,
                "",
                sequence.exact() || part.equals(TLB),
                note,
                "");
    }
}
