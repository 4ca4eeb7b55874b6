package org.orrery.pc.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.cpu.Cpu;
import org.orrery.pc.Machine;
import org.orrery.pc.Outcome;
import org.orrery.pc.Outcome.Ending;
import org.orrery.pc.profile.Profile;

class ImageLoaderTest {
    @TempDir
    Path folder;

    private final Machine machine =
            Machine.builder(Profile.byName(Profile.DEFAULT)).memory(2 << 20).build();

    private void refused(byte[] image, BootOptions options, String message) {
        assertThatThrownBy(() -> ImageLoader.load(machine, "image", image, options))
                .isInstanceOf(BootException.class)
                .hasMessage("image: " + message);
    }

    private static BootOptions at(String address) {
        return BootOptions.NONE.withLoadAddress(LoadAddress.parse(address));
    }

    private static byte[] sector(String hex, int size) {
        byte[] image = new byte[size];
        byte[] code = HexFormat.of().parseHex(hex.replace(" ", ""));
        System.arraycopy(code, 0, image, 0, code.length);
        image[510] = 0x55;
        image[511] = (byte) 0xAA;
        return image;
    }

    @Test
    void aFlatBinaryRunsInProtectedModeAtItsAddress() {
        byte[] code = HexFormat.of().parseHex("b82a000000e6f4"); // mov eax,42; out 0f4h,al
        LoadedImage loaded = ImageLoader.load(machine, "flat", code, at("0x123456"));
        assertThat(loaded).isEqualTo(new LoadedImage(LoadedImage.Kind.FLAT, 0x123456, Optional.empty()));
        assertThat(machine.run(1000)).isEqualTo(new Outcome(Ending.EXITED, 42, ""));
    }

    @Test
    void aFlatBinaryRunsInRealModeAtItsSegment() {
        byte[] code = HexFormat.of().parseHex("8cc8c1e804e6f4"); // mov ax,cs; shr ax,4; out 0f4h,al
        ImageLoader.load(machine, "flat", code, at("0120:0008"));
        assertThat(machine.cpu().selector(Cpu.DS)).isEqualTo(0x120);
        assertThat(machine.run(1000).exitStatus()).isEqualTo(0x12);
    }

    @Test
    void aBootSectorStartsAsFromABios() {
        LoadedImage loaded = ImageLoader.load(machine, "floppy", sector("88d0 e6f4", 1440 * 1024), BootOptions.NONE);
        assertThat(loaded.kind()).isEqualTo(LoadedImage.Kind.BOOT_SECTOR);
        assertThat(loaded.kind().note()).contains("no BIOS");
        assertThat(machine.cpu().segmentBase(Cpu.CS) + machine.cpu().eip()).isEqualTo(0x7C00);
        assertThat(machine.cpu().code32()).isFalse();
        assertThat(machine.memory().a20()).isFalse();
        assertThat(machine.run(1000)).as("drive number in DL").isEqualTo(new Outcome(Ending.EXITED, 0, ""));
    }

    @Test
    void aBootSectorOfADiskGetsTheDisksNumber() {
        ImageLoader.load(machine, "disk", sector("88d0 e6f4", 10 << 20), BootOptions.NONE);
        assertThat(machine.run(1000).exitStatus()).isEqualTo(0x80);
    }

    @Test
    void aCallToTheBiosHaltsWhereItTellsTheVector() {
        ImageLoader.load(machine, "floppy", sector("cd13", 512), BootOptions.NONE);
        assertThat(machine.run(10_000).ending()).isEqualTo(Ending.DEAD_HALT);
        assertThat(machine.cpu().selector(Cpu.CS)).isEqualTo(0xF000);
        assertThat(machine.cpu().eip() / 4).isEqualTo(0x13);
    }

    @Test
    void devicesAreAsFirmwareLeavesThem() {
        ImageLoader.load(machine, "flat", new byte[] {(byte) 0xF4}, at("0x100000"));
        assertThat(machine.ports().peek(0x21)).isEqualTo(0xB8);
        assertThat(machine.ports().peek(0xA1)).isEqualTo(0x8E);
        machine.ports().write(0x43, 1, 0xE2);
        assertThat(machine.ports().read(0x40, 1) & 0x3F).as("mode 3, two bytes").isEqualTo(0x36);
    }

    @Test
    void garbageIsNotGuessedAt() {
        refused(new byte[0], BootOptions.NONE, "the file is empty");
        refused(
                new byte[1000],
                BootOptions.NONE,
                "not a multiboot kernel, ELF program or boot sector; a flat binary needs a load address");
    }

    @Test
    void aLinuxKernelIsRecognised() {
        byte[] image = sector("", 4096);
        System.arraycopy("HdrS".getBytes(), 0, image, 0x202, 4);
        refused(image, BootOptions.NONE, "a Linux kernel (bzImage), which this version does not boot");
    }

    @Test
    void argumentsNeedSomebodyToReadThem() {
        BootOptions options = BootOptions.NONE.withCommandLine("x=1");
        refused(sector("", 512), options, "modules and arguments are for multiboot kernels, and this is a boot sector");
        BootOptions modules = at("0x100000").withModules(List.of(new BootModule("m", new byte[1])));
        refused(new byte[1], modules, "modules and arguments are for multiboot kernels, and this is a flat binary");
    }

    @Test
    void aFlatBinaryBeyondMemorySaysWhatItNeeds() {
        refused(
                new byte[0x1000],
                at("0x1FFF000"),
                "the binary at 1FFF000h to 2000000h needs 32M of memory; this machine has 2M");
        refused(
                new byte[0x1000],
                at("0xFFFFF000"),
                "the binary at FFFFF000h to 100000000h needs 4096M of memory; this machine has 2M");
    }

    @Test
    void missingFilesAreNamed() throws IOException {
        assertThatThrownBy(() -> ImageLoader.load(machine, folder.resolve("none.elf"), BootOptions.NONE))
                .hasMessage(folder.resolve("none.elf") + ": no such file");
        assertThatThrownBy(() -> ImageLoader.load(machine, folder, BootOptions.NONE))
                .hasMessage(folder + ": is a directory");
        assertThatThrownBy(() -> BootModule.read(folder.resolve("m.bin") + " arg"))
                .hasMessage("module " + folder.resolve("m.bin") + ": no such file");
        Path module = Files.write(folder.resolve("m.bin"), new byte[] {1, 2});
        BootModule read = BootModule.read(module + " a b");
        assertThat(read.commandLine()).isEqualTo("m.bin a b");
        assertThat(read.bytes()).containsExactly(1, 2);
    }
}
