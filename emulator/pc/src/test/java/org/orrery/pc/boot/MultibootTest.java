package org.orrery.pc.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.orrery.cpu.Cpu;
import org.orrery.cpu.PhysicalMemory;
import org.orrery.pc.Machine;
import org.orrery.pc.Outcome.Ending;
import org.orrery.pc.profile.Profile;

class MultibootTest {
    private final Machine machine =
            Machine.builder(Profile.byName(Profile.DEFAULT)).memory(4 << 20).build();
    private final PhysicalMemory memory = machine.memory();
    private final RawKernel kernel = new RawKernel();

    private LoadedImage load(BootOptions options) {
        return ImageLoader.load(machine, "kernel", kernel.image(), options);
    }

    private void refused(String message) {
        assertThatThrownBy(() -> load(BootOptions.NONE))
                .isInstanceOf(BootException.class)
                .hasMessage("kernel: " + message);
    }

    private int info(int offset) {
        return memory.peek32(machine.cpu().register(Cpu.EBX) + offset);
    }

    private String string(int address) {
        StringBuilder text = new StringBuilder();
        for (int c = memory.peek8(address); c != 0; c = memory.peek8(++address)) {
            text.append((char) c);
        }
        return text.toString();
    }

    @Test
    void theCpuIsInTheStateOfTheSpecification() {
        LoadedImage loaded = load(BootOptions.NONE);
        Cpu cpu = machine.cpu();
        assertThat(loaded).isEqualTo(new LoadedImage(LoadedImage.Kind.MULTIBOOT, 0x100020, Optional.empty()));
        assertThat(cpu.eip()).isEqualTo(0x100020);
        assertThat(cpu.register(Cpu.EAX)).isEqualTo(0x2BADB002);
        assertThat(cpu.control(0) & 0x80000001).as("protected mode, no paging").isEqualTo(1);
        assertThat(cpu.eflags() & 0x20200).as("neither IF nor VM").isZero();
        assertThat(cpu.code32()).isTrue();
        assertThat(cpu.cpl()).isZero();
        assertThat(memory.a20()).isTrue();
        for (int segment : new int[] {Cpu.CS, Cpu.DS, Cpu.ES, Cpu.FS, Cpu.GS, Cpu.SS}) {
            assertThat(cpu.segmentBase(segment)).isZero();
            assertThat(cpu.segmentLimit(segment)).isEqualTo(-1);
        }
        assertThat(machine.run(1000).ending()).isEqualTo(Ending.DEAD_HALT);
    }

    @Test
    void theKernelLearnsItsMemoryCommandLineAndLoader() {
        load(BootOptions.NONE.withCommandLine("root=hd0 n=3"));
        assertThat(info(0)).isEqualTo(0x24D);
        assertThat(info(4)).isEqualTo(640);
        assertThat(info(8)).isEqualTo(3 * 1024);
        assertThat(string(info(16))).isEqualTo("kernel root=hd0 n=3");
        assertThat(info(20)).as("no modules").isZero();
        assertThat(string(info(64))).isEqualTo("Orrery");
    }

    @Test
    void theMemoryMapCoversAllOfMemory() {
        load(BootOptions.NONE);
        assertThat(info(44)).isEqualTo(72);
        int[][] expected = {{0, 0xA0000, 1}, {0xA0000, 0x60000, 2}, {0x100000, 0x300000, 1}};
        for (int i = 0; i < 3; i++) {
            int entry = info(48) + 24 * i;
            assertThat(memory.peek32(entry)).isEqualTo(20);
            assertThat(memory.peek32(entry + 4)).isEqualTo(expected[i][0]);
            assertThat(memory.peek32(entry + 8)).isZero();
            assertThat(memory.peek32(entry + 12)).isEqualTo(expected[i][1]);
            assertThat(memory.peek32(entry + 20)).isEqualTo(expected[i][2]);
        }
    }

    @Test
    void modulesLieOnPagesAboveTheKernelAndApart() {
        kernel.bssEnd = kernel.load + 0x2345;
        byte[] large = new byte[5000];
        Arrays.fill(large, (byte) 0x5A);
        BootModule first = new BootModule("disk.img ro", large);
        BootModule second = new BootModule("server", "data".getBytes(StandardCharsets.US_ASCII));
        load(BootOptions.NONE.withModules(List.of(first, second)));
        assertThat(info(20)).isEqualTo(2);
        int table = info(24);
        assertThat(memory.peek32(table)).isEqualTo(0x103000);
        assertThat(memory.peek32(table + 4)).isEqualTo(0x103000 + 5000);
        assertThat(string(memory.peek32(table + 8))).isEqualTo("disk.img ro");
        assertThat(memory.peek32(table + 16)).isEqualTo(0x105000);
        assertThat(memory.peek32(table + 20)).isEqualTo(0x105004);
        assertThat(string(memory.peek32(table + 24))).isEqualTo("server");
        assertThat(memory.peek8(0x103000 + 4999)).isEqualTo(0x5A);
        assertThat(string(0x105000)).isEqualTo("data");
    }

    @Test
    void aKernelInLowMemoryIsNotOverwrittenByWhatIsAddedToIt() {
        kernel.load = 0x8000;
        kernel.bssEnd = 0xA0000;
        load(BootOptions.NONE.withModules(List.of(new BootModule("m", new byte[10]))));
        assertThat(machine.cpu().register(Cpu.EBX)).isGreaterThanOrEqualTo(0x101000);
        assertThat(memory.peek32(info(24))).isEqualTo(0x100000);
        assertThat(memory.peek32(0x8000)).isEqualTo(RawKernel.MAGIC);
    }

    @Test
    void theHeaderMayLieAnywhereInTheFirst8KOnAMultipleOf4() {
        kernel.before = 8192 - 32;
        assertThat(load(BootOptions.NONE).entry()).isEqualTo(0x100000 + 8192);
        kernel.before = 8192;
        refused("not a multiboot kernel, ELF program or boot sector; a flat binary needs a load address");
    }

    @Test
    void zerosFollowTheDataAlsoAfterAReset() {
        kernel.bssEnd = kernel.load + 0x1000;
        memory.write8(0x100F00, 0xFF);
        load(BootOptions.NONE);
        assertThat(memory.peek8(0x100F00)).isZero();
    }

    @Test
    void aKernelWithNeitherAddressesNorElfIsRefused() {
        kernel.flags = 3;
        refused("the multiboot header has no load addresses, and the file is not ELF");
    }

    @Test
    void aWrongChecksumIsFound() {
        kernel.checksumError = 1;
        refused("the multiboot header at offset 0h has a wrong checksum");
    }

    @Test
    void unknownRequirementsAreRefused() {
        kernel.flags = 0x10083;
        refused("the multiboot header requires features this loader lacks: flags 0080h");
    }

    @Test
    void graphicsModesAreRefused() {
        kernel.flags = 0x10007;
        refused("the multiboot header asks for a graphics mode; this machine has text only");
    }

    @Test
    void aTruncatedFileIsFound() {
        kernel.loadEnd = kernel.load + 0x8000;
        refused("truncated: the multiboot header asks for 32768 bytes, the file has 50");
    }

    @Test
    void anEntryPointOutsideIsFound() {
        kernel.entryOffset = 0x1000;
        refused("the entry point 101000h is outside what is loaded");
    }

    @Test
    void contradictingAddressesAreFound() {
        byte[] image = kernel.image();
        image[12] = 0x10; // the header's address; the load address stays, so the file would begin before itself
        assertThatThrownBy(() -> ImageLoader.load(machine, "kernel", image, BootOptions.NONE))
                .hasMessage("kernel: the multiboot header's addresses contradict each other");
    }

    @Test
    void aKernelTooBigForMemorySaysWhatItNeeds() {
        kernel.bssEnd = 30 << 20;
        refused("the kernel at 100000h to 1E00000h needs 30M of memory; this machine has 4M");
    }

    @Test
    void aModuleTooBigForMemoryIsNamed() {
        BootModule huge = new BootModule("huge.img", new byte[4 << 20]);
        assertThatThrownBy(() -> load(BootOptions.NONE.withModules(List.of(huge))))
                .hasMessage("kernel: no room for module huge.img of 4194304 bytes in 4M of memory");
    }

    @Test
    void aKernelOverTheDisplayIsRefused() {
        kernel.load = 0x9FFF0;
        refused("the kernel at 9FFF0h to A0022h lies over the display at A0000h to BFFFFh");
    }
}
