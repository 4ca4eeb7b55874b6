package org.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsmCommandTest {
    @TempDir
    private Path folder;

    private Path source(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void writes_a_flat_binary_beside_the_source() throws IOException {
        Path source = source("a.asm", "bits 16\nmov ax, 3\nhlt\n");
        assertThat(Result.of("asm", source.toString())).isEqualTo(new Result(0, "", ""));
        assertThat(folder.resolve("a.bin")).hasBinaryContent(new byte[] {(byte) 0xB8, 3, 0, (byte) 0xF4});
    }

    @Test
    void finds_included_files_and_takes_definitions() throws IOException {
        Files.createDirectory(folder.resolve("inc"));
        source("inc/b.inc", "db VALUE\n");
        Path source = source("a.asm", "%include 'b.inc'\n%ifdef FLAG\ndb 9\n%endif\n");
        Path out = folder.resolve("x");
        String include = folder.resolve("inc").toString();
        Result result =
                Result.of("asm", source.toString(), "-I", include, "-D", "VALUE=7", "-D", "FLAG", "-o", out.toString());
        assertThat(result.err()).isEmpty();
        assertThat(out).hasBinaryContent(new byte[] {7, 9});
    }

    @Test
    void writes_a_listing() throws IOException {
        Path listing = folder.resolve("a.lst");
        Path source = source("a.asm", "bits 32\nhere: inc eax\n");
        Result.of("asm", source.toString(), "-l", listing.toString());
        assertThat(listing).content().contains("2 00000000  40", "here: inc eax");
    }

    @Test
    void errors_name_file_line_and_column() throws IOException {
        Path source = source("bad.asm", "nop\n  frob 1\n");
        Result result = Result.of("asm", source.toString());
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err().lines()).singleElement().isEqualTo(source + ":2:3: unknown instruction 'frob'");
        assertThat(folder.resolve("bad.bin")).doesNotExist();
    }

    @Test
    void a_missing_source_is_one_line() {
        Result result = Result.of("asm", folder.resolve("none.asm").toString());
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err().lines()).singleElement().asString().contains("none.asm", "not found");
    }

    @Test
    void an_elf_program_disassembles_with_its_symbols_and_runs() throws IOException {
        Path source = source("prog.asm", """
                section .text
                global _start
                _start: mov al, 5
                        call leave
                leave:  out 0xF4, al
                """);
        Path elf = folder.resolve("prog.elf");
        assertThat(Result.of("asm", source.toString(), "-f", "elf", "-o", elf.toString())
                        .err())
                .isEmpty();
        Result listing = Result.of("disasm", elf.toString());
        assertThat(listing.status()).isZero();
        assertThat(listing.out()).contains("<_start>:", "mov al,0x5", "call leave", "<leave>:", "out 0xf4,al");
        Result part = Result.of("disasm", elf.toString(), "--start", "leave");
        assertThat(part.out()).contains("out 0xf4,al").doesNotContain("mov al");
        assertThat(Result.of("run", elf.toString()).status()).isEqualTo(5);
    }
}
