package org.orrery.pc.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.orrery.pc.bus.Oscillator;

class TimerTest {
    private static final int CONTROL = 0x43;

    private final Bench bench = new Bench();
    private final List<Long> rises = new ArrayList<>();
    private boolean irq;
    private final Oscillator clock = bench.oscillator(Timer.CRYSTAL_HZ, Timer.CRYSTAL_DIVIDER);
    private final Timer timer = new Timer(clock, this::line, bench.events);
    private final SystemControlPortB portB = new SystemControlPortB(timer, clock);

    TimerTest() {
        bench.ports.attach(Timer.FIRST_PORT, Timer.LAST_PORT, timer);
        bench.ports.attach(SystemControlPortB.PORT, SystemControlPortB.PORT, portB);
    }

    private void line(boolean high) {
        if (high && !irq) {
            rises.add(bench.clock.now());
        }
        irq = high;
    }

    private void periodic(int divisor) {
        bench.out(CONTROL, 0x34);
        bench.out(0x40, divisor & 0xFF, divisor >> 8);
    }

    @Test
    void theTimerTicksAtTheRateOfItsDivisorForEver() {
        periodic(11_932); // 100 Hz
        bench.passUntil(10 * Bench.HZ);
        rises.remove(0); // the control word raises the output
        assertThat(rises).hasSize(999);
        for (int i = 0; i < rises.size(); i++) {
            long tick = 1 + (i + 1) * 11_932L;
            assertThat(rises.get(i)).isEqualTo(clock.cycleOf(tick));
        }
    }

    @Test
    void aSquareWaveInterruptsOncePerPeriod() {
        bench.out(CONTROL, 0x36);
        bench.out(0x40, 0, 0);
        bench.passUntil(Bench.HZ);
        assertThat(rises).as("18.2 Hz, and the control word's rise").hasSize(19);
    }

    @Test
    void aOneShotInterruptsOnce() {
        bench.out(CONTROL, 0x30);
        bench.out(0x40, 100, 0);
        bench.passUntil(Bench.HZ);
        assertThat(rises).containsExactly(clock.cycleOf(101));
    }

    @Test
    void theCountIsRightAtEveryRead() {
        periodic(0);
        bench.pass(100);
        for (int i = 1; i < 2000; i++) {
            bench.pass(37);
            bench.out(CONTROL, 0);
            int count = bench.in(0x40) | bench.in(0x40) << 8;
            assertThat(count).isEqualTo((int) (0x10001 - clock.now()) & 0xFFFF);
        }
    }

    @Test
    void readBackLatchesStatusAndCountOfSeveralCounters() {
        periodic(1000);
        bench.out(CONTROL, 0xB4);
        bench.out(0x42, 0x10, 0x27);
        bench.out(0x61, 1);
        bench.pass(10_000);
        bench.out(CONTROL, 0xC0 | 2 | 8); // count and status of 0 and 2
        bench.pass(10_000);
        assertThat(bench.in(0x40)).isEqualTo(0xB4);
        int count0 = bench.in(0x40) | bench.in(0x40) << 8;
        assertThat(count0).isEqualTo(1000 - (int) clock.ticksAt(10_000) + 1);
        assertThat(bench.in(0x42)).isEqualTo(0xB4);
        int count2 = bench.in(0x42) | bench.in(0x42) << 8;
        assertThat(count2).isEqualTo(10_000 - (int) clock.ticksAt(10_000) + 1);
    }

    @Test
    void counter2IsGatedAndSeenThroughPort61() {
        bench.out(0x61, 1);
        bench.out(CONTROL, 0xB0);
        bench.out(0x42, 0xE8, 0x03);
        assertThat(bench.in(0x61) & 0x20).isZero();
        bench.passUntil(clock.cycleOf(500));
        bench.out(0x61, 0);
        bench.pass(Bench.HZ / 100);
        assertThat(bench.in(0x61) & 0x20).as("stopped half way").isZero();
        bench.out(0x61, 1);
        bench.pass(clock.cycleOf(502));
        assertThat(bench.in(0x61) & 0x23).isEqualTo(0x21);
    }

    @Test
    void theRefreshBitTogglesEveryFifteenMicroseconds() {
        int toggles = 0;
        int last = bench.in(0x61) & 0x10;
        for (int i = 0; i < 1000; i++) {
            bench.pass(50);
            int now = bench.in(0x61) & 0x10;
            toggles += now != last ? 1 : 0;
            last = now;
        }
        assertThat(toggles).isEqualTo(66); // a millisecond
    }

    @Test
    void peekingDoesNotDisturbALatch() {
        periodic(1000);
        bench.pass(1000);
        bench.out(CONTROL, 0);
        int low = bench.ports.peek(0x40);
        assertThat(bench.ports.peek(0x40)).isEqualTo(low);
        assertThat(bench.in(0x40)).isEqualTo(low);
    }

    @Test
    void stateRoundTrips() {
        periodic(5000);
        bench.pass(123_456);
        byte[] state = Bench.save(timer);
        byte[] events = Bench.save(bench.events);
        Bench other = new Bench();
        Timer copy = new Timer(other.oscillator(Timer.CRYSTAL_HZ, Timer.CRYSTAL_DIVIDER), high -> {}, other.events);
        other.pass(123_456);
        Bench.load(copy, state);
        Bench.load(other.events, events);
        bench.pass(1_000_000);
        other.pass(1_000_000);
        assertThat(Bench.save(copy)).isEqualTo(Bench.save(timer));
    }
}
