package org.orrery.isa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares text and length with ndisasm on random bytes. Departures on purpose are in ndisasm-departures.txt. */
class NdisasmTest {
    private static final int SAMPLES = 200_000;
    private static final int[] PREFIXES = {0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65, 0x66, 0x67, 0xF0, 0xF2, 0xF3};

    /** What stands after each sample: entered anywhere, it is one instruction to its end. */
    private static final byte[] FILLER = HexFormat.of().parseHex("66".repeat(14) + "90");

    private final Disassembler disassembler = new Disassembler(InstructionSet.i486());
    private final NdisasmDepartures departures = NdisasmDepartures.read();

    @TempDir
    private Path directory;

    private record Line(String hex, String text) {}

    @Test
    void agreesWithNdisasmOnRandomBytesIn16And32BitCode() throws Exception {
        assumeTrue(installed(), "ndisasm is not installed");
        List<String> differences = new ArrayList<>();
        for (boolean code32 : new boolean[] {true, false}) {
            compare(code32, new Random(code32 ? 486_32 : 486_16), differences);
        }
        assertThat(differences.stream().limit(40))
                .as(differences.size() + " differences")
                .isEmpty();
        assertThat(departures.unused()).isEmpty();
    }

    private static boolean installed() {
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, "ndisasm"))) {
                return true;
            }
        }
        return false;
    }

    private void compare(boolean code32, Random random, List<String> differences) throws IOException {
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        int[] starts = new int[SAMPLES];
        Disassembly[] ours = new Disassembly[SAMPLES];
        for (int n = 0; n < SAMPLES; n++) {
            byte[] sample = sample(random);
            starts[n] = code.size();
            ours[n] = disassembler.disassemble(sample, 0, sample.length, code32, starts[n]);
            boolean invalid = ours[n].text().startsWith("db ");
            code.write(sample, 0, invalid ? sample.length : ours[n].length());
            code.writeBytes(FILLER);
        }
        byte[] bytes = code.toByteArray();
        Map<Integer, Line> theirs = ndisasm(bytes, code32);
        for (int n = 0; n < SAMPLES; n++) {
            Line line = theirs.get(starts[n]);
            String hex = HexFormat.of().formatHex(bytes, starts[n], starts[n] + 16);
            if (line == null) {
                differences.add(hex + ": ndisasm did not stop here");
            } else if (!departures.agree(hex, ours[n], line.hex().length() / 2, line.text())) {
                differences.add((code32 ? "32 " : "16 ") + line.hex() + ": " + line.text() + " <> " + ours[n]);
            }
        }
    }

    /** Random bytes, with two-byte opcodes, x87 opcodes and prefixes more often than by chance. */
    private static byte[] sample(Random random) {
        byte[] sample = new byte[16];
        random.nextBytes(sample);
        int at = 0;
        while (at < 4 && random.nextInt(6) == 0) {
            sample[at++] = (byte) PREFIXES[random.nextInt(PREFIXES.length)];
        }
        int kind = random.nextInt(8);
        if (kind < 2) {
            sample[at] = 0x0F;
        } else if (kind < 3) {
            sample[at] = (byte) (0xD8 + random.nextInt(8));
        }
        return sample;
    }

    private Map<Integer, Line> ndisasm(byte[] code, boolean code32) throws IOException {
        Path file = Files.write(directory.resolve("code.bin"), code);
        Process process = new ProcessBuilder("ndisasm", "-b", code32 ? "32" : "16", file.toString())
                .redirectErrorStream(true)
                .start();
        Map<Integer, Line> lines = new TreeMap<>();
        try (BufferedReader reader = process.inputReader()) {
            int last = 0;
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                if (text.startsWith(" ")) {
                    Line begun = lines.get(last);
                    lines.put(last, new Line(begun.hex() + text.trim().substring(1), begun.text()));
                    continue;
                }
                String[] columns = text.split(" +", 3);
                last = Integer.parseInt(columns[0], 16);
                lines.put(last, new Line(columns[1], columns[2]));
            }
        }
        return lines;
    }
}
