package org.orrery.isa.asm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.orrery.isa.debug.DebugInfo;

/** Whatever a source holds, the assembler assembles it or complains; it does not crash. */
class GarbageTest {
    private static final String PIECES = "%\\;:,.$[](){}'\"`+-*/<>=!~&|^?@#_ \t0123459abhxq";
    private static final List<String> WORDS = List.of(
            " eax",
            " ebx",
            "[",
            "]",
            " dword ",
            " %1",
            "%%x",
            "%$x",
            "%+",
            "%{",
            "%[",
            "0x",
            "1e",
            "1.",
            "$0",
            "$$",
            " times ",
            " equ ",
            "%rep 3\n",
            "%endrep\n",
            "%macro m 1-*\n",
            "%endmacro\n",
            "%if ",
            "%elif 1\n",
            "%else\n",
            "%endif\n",
            " at ",
            " struc s\n",
            " endstruc\n",
            " align 4,",
            " resb ",
            " section x ",
            " absolute ",
            "%define m(x) ",
            "%undef ",
            "%assign i ",
            "%push\n",
            "%pop\n",
            "%rotate ",
            "%substr s ",
            " far ",
            " short ",
            " st0",
            " es:",
            "\nphase ",
            "\ndebug a, ",
            "\nlayout s ");

    private static void assemble(String text) {
        Map<String, String> files = new HashMap<>(SnippetsTest.FILES);
        files.put("t.asm", text);
        try {
            Assembly assembly = Sources.assemble(files);
            assembly.toFlat();
            assembly.toElf();
            assembly.listing();
            DebugInfo.read("t", assembly.debugInfo().toText());
        } catch (AssemblyException e) {
            assertThat(e.getMessage()).isNotEmpty();
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("crashed on:\n" + text, e);
        }
    }

    private static String damage(String text, Random random) {
        StringBuilder damaged = new StringBuilder(text);
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count && damaged.length() > 2; i++) {
            int at = random.nextInt(damaged.length() - 1);
            switch (random.nextInt(4)) {
                case 0 -> damaged.deleteCharAt(at);
                case 1 -> damaged.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
                case 2 -> damaged.insert(at, WORDS.get(random.nextInt(WORDS.size())));
                default -> damaged.delete(at, Math.min(damaged.length(), at + random.nextInt(12)));
            }
        }
        return damaged.toString();
    }

    @Test
    void damagedSourcesAreAssembledOrRefused() throws Exception {
        Random random = new Random(486);
        for (SnippetsTest.Snippet snippet : SnippetsTest.snippets().toList()) {
            for (int i = 0; i < 60; i++) {
                assemble(damage(snippet.text(), random));
            }
        }
    }

    @Test
    void deepNestingIsRefused() {
        assertThatThrownBy(() -> Sources.assemble("dd " + "(".repeat(100_000)))
                .hasMessageStartingWith("t.asm:1:")
                .hasMessageEndingWith("expression nests too deep");
        assertThatThrownBy(() -> Sources.assemble("dd " + "~".repeat(100_000) + "1"))
                .hasMessageEndingWith("too deep");
        assemble("align 4, ".repeat(50_000) + "nop");
        assemble("at 4, ".repeat(50_000) + "nop");
    }

    @Test
    void macrosThatExplodeAreRefused() {
        StringBuilder text = new StringBuilder("%define a0 nop\n");
        for (int i = 1; i < 60; i++) {
            text.append("%define a")
                    .append(i)
                    .append(" a")
                    .append(i - 1)
                    .append(" a")
                    .append(i - 1)
                    .append('\n');
        }
        assertThatThrownBy(() -> Sources.assemble(text + "a59")).hasMessageEndingWith("macros expand without end");
        StringBuilder chain = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            chain.append("%define b").append(i).append(" b").append(i + 1).append('\n');
        }
        assertThatThrownBy(() -> Sources.assemble(chain + "db b0")).hasMessageEndingWith("macros expand without end");
    }
}
