package org.orrery.pc.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.orrery.pc.device.MarkPort.Mark;

class SmallDevicesTest {
    private final Bench bench = new Bench();

    @Test
    void exitDeviceStopsTheRunWithTheByteAsStatus() {
        int[] stops = new int[1];
        ExitDevice exit = new ExitDevice(false, () -> stops[0]++);
        bench.ports.attach(ExitDevice.PORT, ExitDevice.PORT, exit);
        assertThat(exit.takeStatus()).isEmpty();
        bench.ports.write(ExitDevice.PORT, 4, 42);
        assertThat(stops[0]).isOne();
        assertThat(exit.takeStatus()).hasValue(42);
        assertThat(exit.takeStatus()).isEmpty();
    }

    @Test
    void exitDeviceCanSpeakQemu() {
        ExitDevice exit = new ExitDevice(true, () -> {});
        exit.out(ExitDevice.PORT, 0);
        assertThat(exit.takeStatus()).hasValue(1);
        exit.out(ExitDevice.PORT, 0x10);
        assertThat(exit.takeStatus()).hasValue(0x21);
    }

    @Test
    void exitDeviceKeepsAnUntakenStatusInASnapshot() {
        ExitDevice exit = new ExitDevice(false, () -> {});
        exit.out(ExitDevice.PORT, 7);
        ExitDevice copy = new ExitDevice(false, () -> {});
        Bench.load(copy, Bench.save(exit));
        assertThat(copy.takeStatus()).hasValue(7);
    }

    @Test
    void marksCarryCycleAndInstructionCount() {
        long[] instructions = {100};
        List<Mark> heard = new ArrayList<>();
        MarkPort marks = new MarkPort(bench.clock, () -> instructions[0], heard::add);
        bench.pass(1000);
        marks.out(MarkPort.PORT, 1);
        bench.pass(500);
        instructions[0] = 300;
        marks.out(MarkPort.PORT, 2);
        assertThat(marks.marks()).containsExactly(new Mark(1, 1000, 100), new Mark(2, 1500, 300));
        assertThat(heard).isEqualTo(marks.marks());

        MarkPort copy = new MarkPort(bench.clock, () -> 0, mark -> {});
        Bench.load(copy, Bench.save(marks));
        assertThat(copy.marks()).isEqualTo(marks.marks());
    }

    @Test
    void aGuestThatMarksInALoopDoesNotFillTheHost() {
        MarkPort marks = new MarkPort(bench.clock, () -> 0, mark -> {});
        for (int i = 0; i < MarkPort.KEPT + 10; i++) {
            marks.out(MarkPort.PORT, i & 0xFF);
        }
        assertThat(marks.marks()).hasSize(MarkPort.KEPT);
    }

    @Test
    void postPortKeepsTheLastCode() {
        PostPort post = new PostPort();
        post.out(PostPort.PORT, 0x55);
        PostPort copy = new PostPort();
        Bench.load(copy, Bench.save(post));
        assertThat(copy.in(PostPort.PORT)).isEqualTo(0x55);
    }

    @Test
    void debugConsoleShowsBytesAndIdentifiesItself() {
        StringBuilder shown = new StringBuilder();
        DebugConsole console = new DebugConsole(b -> shown.append((char) b));
        console.out(DebugConsole.PORT, 'x');
        assertThat(shown).hasToString("x");
        assertThat(console.in(DebugConsole.PORT)).isEqualTo(0xE9);
    }
}
