package org.orrery.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.orrery.isa.asm.Assembler;
import org.orrery.isa.asm.SourceResolver;
import org.orrery.kernel.KernelBuild;
import org.orrery.kernel.KernelImages;

class QemuBootTest {
    private static final int TRIPS = 50_000;
    private static final int BOOT_REFUSED = 100;
    private static final int PANIC = 101;

    @TempDir
    Path folder;

    @BeforeAll
    static void qemu() {
        Qemu.assumePresent();
    }

    @Test
    void thePingPongPlays() throws Exception {
        Qemu.Result result = Qemu.run(GuestSystem.pingPong(TRIPS), folder);
        assertThat(result.output()).isEqualTo("pingpong: " + TRIPS + " round trips, all answers right\r\n");
        assertThat(result.status()).isZero();
    }

    @ParameterizedTest
    @MethodSource("org.orrery.servers.GuestSystem#tests")
    void theKernelKeepsItsPromises(String program) throws Exception {
        Assumptions.assumeFalse(program.equals("v86-test"), "QEMU lets IRETD at privilege 3 enter virtual 8086 mode");
        Qemu.Result result = Qemu.run(GuestSystem.test(program), folder);
        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output()).containsPattern("checks: [0-9]+\r\n$");
    }

    @Test
    void everyForbiddenDeedHaltsItsThreadAndNoOther() throws Exception {
        Qemu.Result result = Qemu.run(GuestSystem.forbiddenDeeds(TRIPS), folder);
        assertThat(result.status()).as(result.output()).isZero();
        for (int deed = 0; deed < GuestSystem.deeds(); deed++) {
            assertThat(result.output()).contains(String.format("halted thread %08X", 6 + deed << 17 | 1));
        }
        assertThat(result.output().lines()).hasSize(GuestSystem.deeds() + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void randomSystemCallsDoNoHarm(int seed) throws Exception {
        Qemu.Result result = Qemu.run(GuestSystem.garbage(seed, TRIPS), folder);
        assertThat(result.output()).endsWith("pingpong: " + TRIPS + " round trips, all answers right\r\n");
        assertThat(result.status()).as(result.output()).isZero();
    }

    @Test
    void anExceptionInTheKernelIsAPanicThatShowsTheRegisters() throws Exception {
        SourceResolver sources = (name, includer) ->
                KernelBuild.sources().find(name, includer).map(QemuBootTest::withUndefinedInstruction);
        byte[] kernel = new Assembler(sources).assemble("kernel.asm").toElf();
        Qemu.Result result =
                Qemu.run(new GuestSystem(kernel, GuestSystem.test("ipc-test").modules()), folder);
        assertThat(result.status()).isEqualTo(PANIC);
        assertThat(result.output()).containsPattern("kernel panic\r\nexception 00000006 error 00000000 at F010");
        assertThat(result.output()).containsPattern("cr2 [0-9A-F]{8} cr3 [0-9A-F]{8} thread 00080001\r\n$");
    }

    /** Of a kernel whose id_nearest cannot be executed. */
    private static SourceResolver.Source withUndefinedInstruction(SourceResolver.Source source) {
        String text = new String(source.content(), StandardCharsets.UTF_8);
        String broken = text.replace("\nid_nearest:\n", "\nid_nearest:\n        db 0x0F, 0x0B\n");
        return new SourceResolver.Source(source.name(), broken.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void bootWantsModules() throws Exception {
        assertRefused(new GuestSystem(KernelImages.kernel(), List.of()), "two modules wanted");
    }

    @Test
    void bootRefusesWhatIsNoProgram() throws Exception {
        assertRefused(system(new byte[10]), "not an ELF32 executable");
        byte[] ping = Servers.ping();
        assertRefused(system(Arrays.copyOf(ping, 200)), "not an ELF32 executable");
    }

    @Test
    void bootRefusesProgramsThatOverlap() throws Exception {
        assertRefused(system(Servers.ping(), Servers.ping()), "where there is no free memory");
        assertRefused(
                system(Servers.ping(), Servers.assemble("pong", 0x0010_0000).toElf()), "where there is no free memory");
    }

    private static GuestSystem system(byte[]... images) {
        List<GuestSystem.Module> modules = new ArrayList<>();
        modules.add(new GuestSystem.Module("sigma0", Servers.sigma0()));
        for (byte[] image : images) {
            modules.add(new GuestSystem.Module("module", image));
        }
        return new GuestSystem(KernelImages.kernel(), modules);
    }

    private void assertRefused(GuestSystem system, String reason) throws Exception {
        Qemu.Result result = Qemu.run(system, folder);
        assertThat(result.output()).contains(reason);
        assertThat(result.output().lines()).hasSize(1);
        assertThat(result.status()).isEqualTo(BOOT_REFUSED);
    }
}
