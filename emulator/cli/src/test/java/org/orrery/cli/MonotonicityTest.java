package org.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.orrery.cli.system.SystemLoader;
import org.orrery.pc.Machine;
import org.orrery.pc.Outcome;
import org.orrery.pc.boot.BootOptions;
import org.orrery.pc.boot.ImageLoader;
import org.orrery.pc.boot.LoadAddress;
import org.orrery.pc.profile.Profile;
import org.orrery.servers.GuestSystem;

/** What is better about a machine never costs cycles. Guests: two threads that send messages, a sieve, and a sort. */
class MonotonicityTest {
    private static final String START = "bits 32\norg 0x100000\n";
    private static final String END = "xor eax, eax\nout 0xf4, al\nhlt\n";

    private static final String SIEVE = START
            + "mov edi, 0x200000\nmov ecx, 0x2000\nmov eax, 0x01010101\ncld\nrep stosd\nmov ebx, 2\n"
            + "next: cmp byte [0x200000 + ebx], 0\nje skip\nlea esi, [ebx + ebx]\n"
            + "cross: cmp esi, 0x8000\njae skip\nmov byte [0x200000 + esi], 0\nadd esi, ebx\njmp cross\n"
            + "skip: inc ebx\ncmp ebx, 0x8000\njb next\n" + END;

    private static final String SORT = START
            + "mov ecx, 400\nmov edi, 0x200000\nmov eax, 12345\n"
            + "fill: imul eax, eax, 1103515245\nadd eax, 12345\nmov [edi], eax\nadd edi, 4\ndec ecx\njnz fill\n"
            + "mov ebx, 1\nouter: mov eax, [0x200000 + 4 * ebx]\nmov edx, ebx\n"
            + "inner: cmp eax, [0x1ffffc + 4 * edx]\njge place\nmov esi, [0x1ffffc + 4 * edx]\n"
            + "mov [0x200000 + 4 * edx], esi\ndec edx\njnz inner\n"
            + "place: mov [0x200000 + 4 * edx], eax\ninc ebx\ncmp ebx, 400\njb outer\n" + END;

    private static final int ROUND_TRIPS = 200;
    private static final long LIMIT = 50_000_000;

    @TempDir
    Path folder;

    private long cycles(String guest, String machine, String... settings) throws IOException {
        Map<String, String> values = new HashMap<>();
        for (String setting : settings) {
            values.put(setting.split("=")[0], setting.split("=")[1]);
        }
        Machine m = Machine.builder(Profile.byName(machine, values)).build();
        if (guest.equals("messages")) {
            SystemLoader.load(m, "kernel", GuestSystem.pingPong(ROUND_TRIPS));
        } else {
            LoadAddress address = LoadAddress.parse("0x100000");
            ImageLoader.load(m, image(guest), BootOptions.NONE.withLoadAddress(address));
        }
        assertThat(m.run(LIMIT).ending()).isEqualTo(Outcome.Ending.EXITED);
        return m.now();
    }

    private Path image(String guest) throws IOException {
        Path source = Files.writeString(folder.resolve(guest + ".asm"), guest.equals("sieve") ? SIEVE : SORT);
        Path image = folder.resolve(guest + ".bin");
        Result result = Result.of("asm", source.toString(), "-o", image.toString());
        assertThat(result.status()).as(result.err()).isZero();
        return image;
    }

    @ParameterizedTest
    @CsvSource({"messages, 486dx50", "sieve, 486dx50", "sort, 486dx50", "sieve, 486dx2-66", "sort, 486sx25"})
    void aBetterMachineIsNeverSlower(String guest, String machine) throws IOException {
        long base = cycles(guest, machine);
        for (String better : List.of(
                "cache.bytes=16384",
                "dram.firstRead=3",
                "dram.nextRead=2",
                "dram.write=2",
                "dram.rowMiss=0",
                "taggedTlb=true",
                "freeSegments=true",
                "vga.write=2",
                "isa.port=3")) {
            assertThat(cycles(guest, machine, better)).as(better).isLessThanOrEqualTo(base);
        }
        assertThat(cycles(guest, machine, "external.bytes=1048576"))
                .as("what it answers does not open its row of DRAM, which the next access may have wanted")
                .isLessThanOrEqualTo(base + base / 100_000);
        assertThat(cycles(guest, machine, "cache.bytes=0")).isGreaterThan(base);
        assertThat(cycles(guest, machine, "dram.firstRead=2", "dram.nextRead=1", "dram.write=2", "dram.rowMiss=0"))
                .as("memory without wait states")
                .isLessThan(base);
    }
}
