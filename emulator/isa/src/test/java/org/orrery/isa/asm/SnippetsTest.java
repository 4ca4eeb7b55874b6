package org.orrery.isa.asm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hand-written sources, {@code snippets.asm}, give the bytes that NASM gives. Each begins with a line {@code ;;; NAME}. */
class SnippetsTest {
    /** What the snippets include. */
    static final Map<String, String> FILES = Map.of(
            "some.inc", "%ifndef SOME\n%define SOME 3\ndb SOME\n%else\ndb 99\n%endif\n", "data.bin", "0123456789");

    @TempDir
    Path directory;

    record Snippet(String name, String text) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Snippet> snippets() throws IOException {
        List<Snippet> snippets = new ArrayList<>();
        try (InputStream in = SnippetsTest.class.getResourceAsStream("snippets.asm")) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String part : all.split("(?m)^;;; ")) {
                int end = part.indexOf('\n');
                if (end > 0 && !part.startsWith(";")) {
                    snippets.add(new Snippet(part.substring(0, end), part.substring(end + 1)));
                }
            }
        }
        return snippets.stream();
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void giveTheSameBytesAsNasm(Snippet snippet) throws Exception {
        Nasm.assumeInstalled();
        Map<String, String> files = new HashMap<>(FILES);
        files.put("t.asm", snippet.text());
        HexFormat format = HexFormat.of();
        String theirs = format.formatHex(Nasm.assemble(directory, files));
        String ours = format.formatHex(Sources.assemble(files).toFlat());
        assertThat(ours).isEqualTo(theirs);
    }
}
