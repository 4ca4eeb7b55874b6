package org.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisasmCommandTest {
    private static final String CODE = "B80300 CD10 EBF9";

    @TempDir
    private Path folder;

    private Result disasm(String... options) throws IOException {
        Path file = Guests.bytes(folder, "code.bin", CODE);
        String[] all = new String[options.length + 2];
        all[0] = "disasm";
        all[1] = file.toString();
        System.arraycopy(options, 0, all, 2, options.length);
        return Result.of(all);
    }

    @Test
    void a_flat_binary_is_32_bit_code_at_0() throws IOException {
        assertThat(disasm().out()).startsWith("00000000  B80300CD10           mov eax,0x10cd0003");
    }

    @Test
    void bits_and_origin_say_otherwise() throws IOException {
        assertThat(disasm("--bits", "16", "--origin", "0x7c00").out().lines())
                .containsExactly(
                        "00007C00  B80300               mov ax,0x3",
                        "00007C03  CD10                 int 0x10",
                        "00007C05  EBF9                 jmp short 0x7c00");
    }

    @Test
    void start_and_length_choose_a_part() throws IOException {
        assertThat(disasm("--bits=16", "--origin=31744", "--start=0x7c03", "--length=2")
                        .out()
                        .lines())
                .containsExactly("00007C03  CD10                 int 0x10");
    }

    @Test
    void an_instruction_that_ends_after_the_part_is_bytes() throws IOException {
        assertThat(disasm("--bits=16", "--length=2").out()).startsWith("00000000  B8                   db 0xb8");
    }

    @Test
    void nonsense_is_one_line() throws IOException {
        badInput("--bits 64", "--bits=64");
        badInput("'7c00' is no number", "--origin=7c00");
        badInput("there is no code at 0x100", "--start=0x100");
        badInput("no symbol and no address", "--start=main");
    }

    private void badInput(String part, String option) throws IOException {
        Result result = disasm(option);
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err().lines())
                .singleElement()
                .asString()
                .startsWith("orrery: ")
                .contains(part);
    }
}
