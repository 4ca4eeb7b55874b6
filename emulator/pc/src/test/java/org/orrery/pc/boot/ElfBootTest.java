package org.orrery.pc.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.orrery.cpu.Cpu;
import org.orrery.isa.elf.ImageException;
import org.orrery.pc.Machine;
import org.orrery.pc.Outcome;
import org.orrery.pc.Outcome.Ending;
import org.orrery.pc.boot.LoadedImage.Kind;
import org.orrery.pc.profile.Profile;

class ElfBootTest {
    private final Machine machine =
            Machine.builder(Profile.byName(Profile.DEFAULT)).memory(2 << 20).build();
    private final ElfFile file = new ElfFile();

    ElfBootTest() {
        file.contents = HexFormat.of().parseHex("b82a000000e6f4"); // mov eax,42; out 0f4h,al
    }

    private LoadedImage load(BootOptions options) {
        return ImageLoader.load(machine, "a.elf", file.image(), options);
    }

    @Test
    void aProgramGoesToItsPhysicalAddressAndItsEntryIsTranslated() {
        machine.memory().write32(0x100400, -1);
        LoadedImage loaded = load(BootOptions.NONE);
        assertThat(loaded.kind()).isEqualTo(Kind.ELF);
        assertThat(loaded.entry()).isEqualTo(0x100000);
        assertThat(loaded.elf()).isPresent();
        assertThat(machine.memory().peek32(0x100400)).as("zeros after the data").isZero();
        assertThat(machine.run(1000)).isEqualTo(new Outcome(Ending.EXITED, 42, ""));
    }

    @Test
    void aPhysicalEntryPointIsTakenAsItIs() {
        file.entry = 0x100000;
        assertThat(load(BootOptions.NONE).entry()).isEqualTo(0x100000);
    }

    @Test
    void anEntryPointInNoSegmentIsRefused() {
        file.entry = 0x5000;
        assertThatThrownBy(() -> load(BootOptions.NONE))
                .isInstanceOf(BootException.class)
                .hasMessage("a.elf: the entry point 5000h is in none of the segments");
    }

    @Test
    void aMultibootHeaderMakesItAKernel() {
        ByteBuffer header = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(RawKernel.MAGIC).putInt(3).putInt(-RawKernel.MAGIC - 3);
        byte[] code = file.contents;
        file.contents = Arrays.copyOf(header.array(), 12 + code.length);
        System.arraycopy(code, 0, file.contents, 12, code.length);
        file.entry += 12;
        LoadedImage loaded = load(BootOptions.NONE.withModules(List.of(new BootModule("m", new byte[3]))));
        assertThat(loaded.kind()).isEqualTo(Kind.MULTIBOOT);
        assertThat(machine.cpu().register(Cpu.EAX)).isEqualTo(0x2BADB002);
        int info = machine.cpu().register(Cpu.EBX);
        int modules = machine.memory().peek32(info + 24);
        assertThat(machine.memory().peek32(modules)).as("above the zeros").isEqualTo(0x101000);
        assertThat(machine.run(1000).exitStatus()).isEqualTo(42);
    }

    @Test
    void aProgramWithoutAProtocolTakesNoModules() {
        assertThatThrownBy(() -> load(BootOptions.NONE.withCommandLine("x")))
                .hasMessage("a.elf: modules and arguments are for multiboot kernels, and this is an ELF program"
                        + " without a multiboot header");
    }

    @Test
    void aSegmentBeyondMemorySaysWhatItNeeds() {
        file.physical = 8 << 20;
        assertThatThrownBy(() -> load(BootOptions.NONE))
                .hasMessage("a.elf: a segment at 800000h to 800807h needs 9M of memory; this machine has 2M");
    }

    @Test
    void aTruncatedFileIsOneLine() {
        byte[] image = file.image();
        for (int length = 4; length < image.length; length++) {
            byte[] cut = Arrays.copyOf(image, length);
            assertThatThrownBy(() -> ImageLoader.load(machine, "a.elf", cut, BootOptions.NONE))
                    .isInstanceOf(ImageException.class)
                    .hasMessageStartingWith("a.elf: ")
                    .hasMessageNotContaining("\n");
        }
    }
}
