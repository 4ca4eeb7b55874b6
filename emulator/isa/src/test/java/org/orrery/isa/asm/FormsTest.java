package org.orrery.isa.asm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.orrery.isa.Decoder;
import org.orrery.isa.Disassembler;
import org.orrery.isa.Disassembly;
import org.orrery.isa.Instruction;
import org.orrery.isa.InstructionSet;

/** Every form of the table, assembled. */
class FormsTest {
    /** Each line has its own room, so that one that differs does not move the others. */
    private static final int ROOM = 16;

    /** Lines that are assembled together: so few that 16-bit addresses do not wrap. */
    private static final int CHUNK = 3000;
    /** Words that ask for another encoding than the shortest, which a disassembler does not write. */
    private static final List<String> FORCED = List.of("nosplit", "[byte ", "[word ", "[dword ", "strict", "near");

    private static final Map<Integer, byte[]> OURS = new ConcurrentHashMap<>();

    @TempDir
    Path directory;

    private static String source(int bits, List<String> lines) {
        StringBuilder text = new StringBuilder("bits " + bits + "\norg 0x1000\n");
        for (int i = 0; i < lines.size(); i++) {
            text.append(lines.get(i)).append('\n');
            text.append("times ").append((i + 1) * ROOM).append("-($-$$) db 0xCC\n");
        }
        return text.append("label:\n").toString();
    }

    /** Our bytes for the corpus, made once for each size of code. */
    private static byte[] ours(int bits) {
        return OURS.computeIfAbsent(
                bits,
                b -> Sources.assemble(Map.of("t.asm", source(b, FormCorpus.lines())))
                        .toFlat());
    }

    /** 1 if the bytes begin with a WAIT before another instruction, which together are one line of source. */
    private static int wait(byte[] code, int at) {
        return code[at] == (byte) 0x9B && code[at + 1] != (byte) 0xCC ? 1 : 0;
    }

    private static boolean isDeparture(int bits, String line) {
        // NASM 2.16 forgets the 66 of RETW with an operand; its RETW without one has it.
        return bits == 32 && line.startsWith("retw ");
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32})
    void giveTheSameBytesAsNasm(int bits) throws Exception {
        Nasm.assumeInstalled();
        List<String> lines = FormCorpus.lines();
        byte[] theirs = Nasm.assemble(directory, Map.of("t.asm", source(bits, lines)));
        byte[] ours = ours(bits);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String expected = hex(theirs, i * ROOM, ROOM);
            String actual = hex(ours, i * ROOM, ROOM);
            if (!expected.equals(actual) && !isDeparture(bits, lines.get(i))) {
                differences.add(lines.get(i) + ": nasm " + expected + ", we " + actual);
            }
        }
        assertThat(ours).hasSameSizeAs(theirs);
        assertThat(differences).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32})
    void surviveDisassemblyAndReassembly(int bits) {
        List<String> lines =
                FormCorpus.lines().stream().filter(FormsTest::isNotForced).toList();
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < lines.size(); i += CHUNK) {
            reassemble(bits, lines.subList(i, Math.min(i + CHUNK, lines.size())), differences);
        }
        assertThat(differences).isEmpty();
    }

    /**
     * Whether the line leaves the choice of the encoding to the assembler. For XCHG of two registers NASM chooses another
     * order than ndisasm, and we follow both.
     */
    private static boolean isNotForced(String line) {
        return FORCED.stream().noneMatch(line::contains) && !line.matches("xchg \\w+, \\w+");
    }

    private static void reassemble(int bits, List<String> lines, List<String> differences) {
        byte[] first = Sources.assemble(Map.of("t.asm", source(bits, lines))).toFlat();
        Disassembler disassembler = new Disassembler(InstructionSet.i486(), a -> "$$+" + (a - 0x1000));
        List<String> texts = new ArrayList<>();
        for (int at = 0; at < first.length; at += ROOM) {
            int wait = wait(first, at);
            Disassembly text = disassembler.disassemble(first, at + wait, first.length, bits == 32, 0x1000 + at + wait);
            texts.add((wait == 1 ? "wait\n" : "") + text.text());
        }
        byte[] second = Sources.assemble(Map.of("t.asm", source(bits, texts))).toFlat();
        for (int i = 0; i < texts.size(); i++) {
            String before = hex(first, i * ROOM, ROOM);
            String after = hex(second, i * ROOM, ROOM);
            if (!before.equals(after)) {
                differences.add(lines.get(i) + ": " + before + " is " + texts.get(i) + ", which is " + after);
            }
        }
    }

    @Test
    void areAllInTheCorpus() {
        Set<String> missing = new TreeSet<>();
        InstructionSet.i486().forms().stream()
                .filter(f -> !f.has("undocumented"))
                .forEach(f -> missing.add(f.encoding() + " " + f.mnemonic()));
        Decoder decoder = new Decoder(InstructionSet.i486());
        Instruction decoded = new Instruction();
        for (int bits = 16; bits <= 32; bits += 16) {
            byte[] code = ours(bits);
            for (int at = 0; at < code.length; at += ROOM) {
                int skip = wait(code, at);
                decoder.decode(code, at + skip, code.length, bits == 32, decoded);
                missing.remove(decoded.form.encoding() + " " + decoded.form.mnemonic());
            }
        }
        assertThat(missing).isEmpty();
    }

    private static String hex(byte[] bytes, int from, int length) {
        return HexFormat.of().formatHex(bytes, from, from + length);
    }
}
