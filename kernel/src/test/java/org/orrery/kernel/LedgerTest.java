package org.orrery.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.orrery.isa.Clock;
import org.orrery.isa.Decoder;
import org.orrery.isa.Form;
import org.orrery.isa.Instruction;
import org.orrery.isa.InstructionSet;
import org.orrery.isa.asm.Assembly;
import org.orrery.isa.debug.DebugInfo.SourceLine;

/** The clocks that the comments in ipc.asm and the table in README.md give are those of the instruction table. */
class LedgerTest {
    private static final Pattern ENTRY = Pattern.compile("        (\\S[^;]*);.*?(\\d+) +(\\d+) +(\\d+)(?: \\[.*\\])?");
    private static final Pattern PHASE = Pattern.compile("        phase \"(.*)\"");
    private static final Pattern WRITES = Pattern.compile("(?:mov|and|add|lea|xor) +(e[a-z]{2}), .*");
    private static final int INT = 71;
    private static final int TAKEN_MORE = 2;
    private static final String LAST_PHASE = "slow ipc";

    /** An instruction of the short path. */
    private record Entry(int line, String phase, String text, int bytes, int clocks, int sum) {}

    private final List<Entry> call = new ArrayList<>();
    private final List<Entry> reply = new ArrayList<>();

    private void read() throws IOException {
        String source;
        try (var in = KernelBuild.class.getResourceAsStream("ipc.asm")) {
            source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String phase = "";
        List<Entry> path = call;
        String[] lines = source.split("\n");
        for (int i = 0; i < lines.length && !phase.equals(LAST_PHASE); i++) {
            Matcher begins = PHASE.matcher(lines[i]);
            if (begins.matches()) {
                phase = begins.group(1);
            } else if (lines[i].startsWith("ipc_reply:")) {
                path = reply;
            }
            Matcher entry = ENTRY.matcher(lines[i]);
            if (entry.matches()) {
                path.add(new Entry(
                        i + 1,
                        phase,
                        entry.group(1).strip(),
                        Integer.parseInt(entry.group(2)),
                        Integer.parseInt(entry.group(3)),
                        Integer.parseInt(entry.group(4))));
            }
        }
    }

    @Test
    void sumsRunOn() throws IOException {
        read();
        int sum = INT;
        for (Entry e : call) {
            sum += e.clocks;
            assertThat(e.sum).as(e.text).isEqualTo(sum);
        }
        sum = INT + shared().stream().mapToInt(Entry::clocks).sum() + TAKEN_MORE;
        for (Entry e : reply) {
            sum += e.clocks;
            assertThat(e.sum).as(e.text).isEqualTo(sum);
        }
    }

    @Test
    void bytesAreThoseOfTheImageAndClocksThoseOfTheInstructionTable() throws IOException {
        read();
        Assembly kernel = KernelBuild.assemble(KernelOptions.DEFAULT);
        Map<Integer, SourceLine> byLine = new TreeMap<>();
        for (SourceLine line : kernel.debugInfo().lines()) {
            if (line.file().endsWith("ipc.asm")) {
                byLine.put(line.line(), line);
            }
        }
        byte[] image = kernel.toFlat();
        Decoder decoder = new Decoder(InstructionSet.i486());
        Instruction instruction = new Instruction();
        List<Entry> all = new ArrayList<>(call);
        all.addAll(reply);
        for (Entry e : all) {
            int at = byLine.get(e.line).address() - (int) kernel.loadAddress();
            decoder.decode(image, at, image.length, true, instruction);
            assertThat(e.clocks).as("line %d: %s", e.line, e.text).isEqualTo(clocks(instruction));
            assertThat(e.bytes).as("line %d: %s", e.line, e.text).isEqualTo(instruction.length);
            assertThat(instruction.index).as("index in line %d", e.line).isEqualTo(Instruction.NO_REGISTER);
        }
        assertThat(all).hasSizeGreaterThan(50);
    }

    private static int clocks(Instruction instruction) {
        Form form = instruction.form;
        Clock preferred = instruction.memory ? Clock.M : Clock.R;
        for (Clock clock : List.of(Clock.OUTER, Clock.NOT_TAKEN, preferred, Clock.R, Clock.M)) {
            if (form.clocks(clock) >= 0) {
                return form.clocks(clock);
            }
        }
        throw new AssertionError("no clocks for " + form.mnemonic());
    }

    /** A register that is written and used in an address right after that costs the i486 a clock. */
    @Test
    void noInstructionWaitsForItsAddress() throws IOException {
        read();
        List<Entry> whole = new ArrayList<>(shared());
        whole.addAll(reply);
        for (List<Entry> path : List.of(call, whole)) {
            for (int i = 1; i < path.size(); i++) {
                Matcher before = WRITES.matcher(path.get(i - 1).text);
                if (before.matches()) {
                    assertThat(path.get(i).text).doesNotContainPattern("\\[[^\\]]*\\b" + before.group(1));
                }
            }
        }
    }

    @Test
    void theReadmeGivesTheSumsOfThePhases() throws IOException {
        read();
        List<Entry> whole = new ArrayList<>(shared());
        whole.addAll(reply);
        Map<String, int[]> rows = new LinkedHashMap<>();
        call.forEach(e -> rows.computeIfAbsent(e.phase, p -> new int[2])[0] += e.clocks);
        whole.forEach(e -> rows.computeIfAbsent(e.phase, p -> new int[2])[1] += e.clocks);
        rows.get("check message")[1] += TAKEN_MORE;
        String readme = Files.readString(Path.of("README.md"));
        rows.forEach((phase, sums) ->
                assertThat(readme).containsPattern("\\| " + phase + ".* \\| " + sums[0] + " \\| " + sums[1] + " \\|"));
        int callSum = call.get(call.size() - 1).sum;
        int replySum = reply.get(reply.size() - 1).sum;
        assertThat(readme).contains("| **sum** | **" + callSum + "** | **" + replySum + "** |");
        assertThat(readme.replace('\n', ' '))
                .contains("a call executes " + call.size() + " instructions, a reply " + whole.size());
    }

    /** What a reply executes before it jumps to its own path. */
    private List<Entry> shared() {
        return call.subList(0, 3);
    }
}
