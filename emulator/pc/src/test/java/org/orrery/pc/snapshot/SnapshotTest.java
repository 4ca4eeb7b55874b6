package org.orrery.pc.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.orrery.cpu.state.StateException;
import org.orrery.pc.EchoGuest;
import org.orrery.pc.Machine;
import org.orrery.pc.boot.BootOptions;
import org.orrery.pc.boot.ImageLoader;
import org.orrery.pc.input.Input;
import org.orrery.pc.profile.Profile;

class SnapshotTest {
    private static Machine echo() {
        return EchoGuest.machine(new StringBuilder());
    }

    private static byte[] file(Snapshot snapshot) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        snapshot.write(out);
        return out.toByteArray();
    }

    private static Snapshot read(byte[] file) {
        return Snapshot.read("test.snap", new ByteArrayInputStream(file));
    }

    @Test
    void aRunGoesOnFromASnapshotAsItWentOnBefore() {
        Random random = new Random(93);
        for (int i = 0; i < 12; i++) {
            Machine machine = echo();
            machine.input().replay(List.of(new Input(100_000, Machine.COM1, new byte[] {'x', 'y', 'z'})));
            machine.run(random.nextInt(1_500_000));
            Snapshot snapshot = Snapshot.of(machine);
            String before = machine.stateHash();
            long end = machine.now() + random.nextInt(500_000);
            machine.run(end);
            String after = machine.stateHash();

            snapshot.restore(machine);
            assertThat(machine.stateHash()).isEqualTo(before);
            machine.input().replay(List.of(new Input(100_000, Machine.COM1, new byte[] {'x', 'y', 'z'})));
            machine.run(end);
            assertThat(machine.stateHash()).isEqualTo(after);

            Machine other = echo();
            snapshot.restore(other);
            other.input().replay(machine.input().log());
            other.run(end);
            assertThat(other.stateHash()).isEqualTo(after);
        }
    }

    @Test
    void aGuestWithPagingGoesOnFromASnapshot() {
        Path image = Path.of(System.getProperty("orrery.shared", "missing"), "guests", "bench", "paging.elf");
        assumeTrue(Files.exists(image), "the guest images are not here");
        Machine machine =
                Machine.builder(Profile.byName(Profile.DEFAULT)).memory(4 << 20).build();
        ImageLoader.load(machine, image, BootOptions.NONE.withCommandLine("n=20000"));
        Random random = new Random(93);
        for (int i = 0; i < 6; i++) {
            machine.run(machine.now() + 300_000 + random.nextInt(1_000_000));
            Snapshot snapshot = Snapshot.of(machine);
            long end = machine.now() + random.nextInt(300_000);
            machine.run(end);
            String after = machine.stateHash();
            snapshot.restore(machine);
            machine.run(end);
            assertThat(machine.stateHash()).isEqualTo(after);
        }
    }

    @Test
    void theFileFormIsSmallAndCarriesTheSameState() throws IOException {
        Machine machine = echo();
        machine.run(777_777);
        Snapshot snapshot = Snapshot.of(machine);
        byte[] file = file(snapshot);
        assertThat(file.length).isLessThan(100_000);
        Machine other = echo();
        Snapshot read = read(file);
        assertThat(read.cycle()).isEqualTo(machine.now());
        read.restore(other);
        assertThat(other.stateHash()).isEqualTo(machine.stateHash());
    }

    @Test
    void anotherMachinesSnapshotIsRefusedAndLeavesTheMachineAlone() {
        Machine machine = echo();
        machine.run(10_000);
        Snapshot snapshot = Snapshot.of(machine);
        Machine larger =
                Machine.builder(Profile.byName(Profile.DEFAULT)).memory(2 << 20).build();
        String before = larger.stateHash();
        assertThatThrownBy(() -> snapshot.restore(larger))
                .isInstanceOf(StateException.class)
                .hasMessage("the snapshot is of 486dx50 with 1M and does not fit this machine, 486dx50 with 2M");
        assertThat(larger.stateHash()).isEqualTo(before);
        Machine slower =
                Machine.builder(Profile.byName("486dx33")).memory(1 << 20).build();
        assertThatThrownBy(() -> snapshot.restore(slower)).hasMessageContaining("486dx33 with 1M");
    }

    @Test
    void whatIsNoSnapshotOrADamagedOneIsRefusedInOneLine() throws IOException {
        byte[] good = file(Snapshot.of(echo()));
        assertThatThrownBy(() -> read(new byte[0])).hasMessage("test.snap: not a snapshot");
        assertThatThrownBy(() -> read("something else".getBytes())).hasMessage("test.snap: not a snapshot");
        assertThatThrownBy(() -> read(Arrays.copyOf(good, 20)))
                .isInstanceOf(StateException.class)
                .hasMessage("test.snap: the snapshot is truncated");
        assertThatThrownBy(() -> read(Arrays.copyOf(good, good.length - 50)))
                .hasMessage("test.snap: the snapshot is truncated");
        byte[] older = good.clone();
        older[11] = 0;
        assertThatThrownBy(() -> read(older))
                .hasMessage("test.snap: a snapshot of schema 0, and this version reads schema 3");
        byte[] damaged = good.clone();
        damaged[good.length / 2] ^= 0x55;
        assertThatThrownBy(() -> read(damaged))
                .isInstanceOf(StateException.class)
                .hasMessageStartingWith("test.snap: the snapshot is damaged");
    }
}
