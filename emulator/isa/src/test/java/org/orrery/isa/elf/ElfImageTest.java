package org.orrery.isa.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.orrery.isa.debug.DebugInfo;
import org.orrery.isa.debug.DebugInfo.Kind;
import org.orrery.isa.debug.DebugInfo.Symbol;

class ElfImageTest {
    private static final Symbol START = new Symbol("_start", 0xF0101000, 4, Kind.FUNCTION);

    private static byte[] file() {
        DebugInfo info = new DebugInfo.Builder()
                .symbol(START)
                .phase(new DebugInfo.Phase("boot", 0xF0101000, 0xF0101004))
                .build();
        int code = Segment.READ | Segment.EXECUTE;
        int data = Segment.READ | Segment.WRITE;
        return new ElfWriter()
                .entry(0xF0101000)
                .segment(".text", new Segment(0xF0101000, 0x101000, new byte[] {1, 2, 3, 4}, 4, code), 4096)
                .segment(".bss", new Segment(0xF0102000, 0x102000, new byte[0], 0x5000, data), 16)
                .debug(info)
                .write();
    }

    @Test
    void hasWhatWasWritten() {
        ElfImage image = ElfImage.read(file(), "k.elf");
        assertThat(image.entry()).isEqualTo(0xF0101000);
        assertThat(image.segments()).hasSize(2);
        assertThat(image.segments().get(0).bytes()).containsExactly(1, 2, 3, 4);
        assertThat(image.segments().get(0).physicalAddress()).isEqualTo(0x101000);
        assertThat(image.segments().get(1).memorySize()).isEqualTo(0x5000);
        assertThat(image.debugInfo().symbols()).containsExactly(START);
        assertThat(image.debugInfo().phases()).hasSize(1);
    }

    @Test
    void cutOffAnywhereIsRefusedInOneLine() {
        byte[] file = file();
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> ElfImage.read(cut, "k.elf"))
                    .isInstanceOf(ImageException.class)
                    .hasMessageStartingWith("k.elf")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void withDamagedBytesIsReadOrRefusedButNeverCrashes() {
        byte[] file = file();
        Random random = new Random(486);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = file.clone();
            int count = 1 + random.nextInt(4);
            for (int n = 0; n < count; n++) {
                int at = random.nextBoolean() ? random.nextInt(200) : random.nextInt(file.length);
                damaged[at] =
                        (byte) (random.nextBoolean() ? random.nextInt(256) : damaged[at] ^ 1 << random.nextInt(8));
            }
            Throwable thrown = catchThrowable(() -> ElfImage.read(damaged, "k.elf"));
            assertThat(thrown == null || thrown instanceof ImageException)
                    .as("%s", thrown)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1  | 2    | not an ELF file",
                "4  | 2    | not a 32-bit ELF file",
                "5  | 2    | not a little-endian ELF file",
                "16 | 3    | not an executable, but an ELF file of type 3",
                "18 | 62   | not for the i386, but for ELF machine 62",
                "44 | 0    | nothing to load",
                "42 | 56   | program headers of 56 bytes, not 32",
                "71 | 127  | segment 0 has 2130706436 bytes in the file, but only 4 in memory",
                "107 | 255 | segment 1 ends beyond the virtual address space",
            })
    void saysWhatIsWrong(int offset, int value, String message) {
        byte[] file = file();
        file[offset] = (byte) value;
        assertThatThrownBy(() -> ElfImage.read(file, "k.elf")).hasMessage("k.elf: " + message);
    }

    @Test
    void refusesSegmentsThatOverlap() {
        byte[] file = new ElfWriter()
                .segment("a", new Segment(0x1000, 0x1000, new byte[16], 32, Segment.READ), 1)
                .segment("b", new Segment(0x2000, 0x101F, new byte[1], 1, Segment.READ), 1)
                .write();
        assertThatThrownBy(() -> ElfImage.read(file, "k.elf"))
                .hasMessage("k.elf: segment 1 overlaps another at 0x101f");
    }

    @Test
    void readsWhatGccWrites() throws Exception {
        Path guest = Path.of(System.getProperty("orrery.shared", ""), "guests", "bench", "sieve.elf");
        assumeTrue(Files.exists(guest), "the shared guests are missing");
        ElfImage image = ElfImage.read(Files.readAllBytes(guest), "sieve.elf");
        assertThat(image.segments().get(0).physicalAddress()).isEqualTo(0x100000);
        int offset = image.entry() - image.segments().get(0).virtualAddress();
        assertThat(offset).isBetween(0, image.segments().get(0).bytes().length);
    }
}
