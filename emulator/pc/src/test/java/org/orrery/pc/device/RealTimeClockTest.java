package org.orrery.pc.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

class RealTimeClockTest {
    private static final LocalDateTime NEW_YEARS_EVE = LocalDateTime.of(1999, 12, 31, 23, 59, 58);

    private final Bench bench = new Bench();
    private boolean irq;
    private int rises;
    private final RealTimeClock rtc = clock(bench, NEW_YEARS_EVE);

    RealTimeClockTest() {
        bench.ports.attach(RealTimeClock.INDEX, RealTimeClock.DATA, rtc);
    }

    private RealTimeClock clock(Bench b, LocalDateTime start) {
        return new RealTimeClock(
                b.oscillator(RealTimeClock.CRYSTAL_HZ, 1),
                this::line,
                b.events,
                start,
                new CmosMemory(32 << 20, true, 19));
    }

    private void line(boolean high) {
        rises += high && !irq ? 1 : 0;
        irq = high;
    }

    private int read(int register) {
        bench.out(RealTimeClock.INDEX, register);
        return bench.in(RealTimeClock.DATA);
    }

    private void write(int register, int value) {
        bench.out(RealTimeClock.INDEX, register);
        bench.out(RealTimeClock.DATA, value);
    }

    private int[] time() {
        return new int[] {read(9), read(8), read(7), read(6), read(4), read(2), read(0)};
    }

    @Test
    void showsTheStartTimeAndCarriesThroughToTheYear() {
        assertThat(time()).containsExactly(0x99, 0x12, 0x31, 6, 0x23, 0x59, 0x58);
        bench.pass(Bench.HZ);
        assertThat(read(0)).isEqualTo(0x59);
        bench.pass(Bench.HZ);
        assertThat(time()).containsExactly(0x00, 0x01, 0x01, 7, 0x00, 0x00, 0x00);
        bench.pass(86_400 * Bench.HZ);
        assertThat(time()).as("Sunday follows Saturday").containsExactly(0x00, 0x01, 0x02, 1, 0, 0, 0);
    }

    @Test
    void showsBinaryAndTwelveHours() {
        write(11, 0x06);
        assertThat(read(4)).isEqualTo(23);
        assertThat(read(0)).isEqualTo(58);
        write(11, 0x00);
        assertThat(read(4)).as("11 PM").isEqualTo(0x91);
        bench.pass(2 * Bench.HZ);
        assertThat(read(4)).as("12 AM").isEqualTo(0x12);
        write(4, 0x92);
        write(11, 0x02);
        assertThat(read(4)).as("noon").isEqualTo(0x12);
    }

    @Test
    void canBeSetWhileUpdatesAreStopped() {
        write(11, 0x82);
        write(9, 0x24);
        write(8, 0x02);
        write(7, 0x29);
        write(4, 0x12);
        write(2, 0x34);
        write(0, 0x56);
        bench.pass(10 * Bench.HZ);
        assertThat(read(0)).as("stopped").isEqualTo(0x56);
        write(11, 0x02);
        bench.pass(Bench.HZ);
        assertThat(read(0)).isEqualTo(0x57);
        bench.pass(86_400 * Bench.HZ);
        assertThat(read(8)).isEqualTo(0x03);
        assertThat(read(7)).isEqualTo(0x01);
    }

    @Test
    void announcesAnUpdateBeforeItHappens() {
        bench.passUntil(Bench.HZ - Bench.HZ / 400); // 2.5 ms before
        assertThat(read(10) & 0x80).isZero();
        bench.passUntil(Bench.HZ - Bench.HZ / 500); // 2 ms before
        assertThat(read(10) & 0x80).isNotZero();
        bench.passUntil(Bench.HZ);
        assertThat(read(10) & 0x80).isZero();
        assertThat(read(0)).isEqualTo(0x59);
    }

    @Test
    void periodicInterruptComesAtItsRate() {
        write(11, 0x42);
        for (int i = 0; i < 1024; i++) {
            bench.pass(Bench.HZ / 1024 + 1);
            assertThat(irq).isTrue();
            assertThat(read(12)).isEqualTo(i < 1023 ? 0xC0 : read(12) | 0xD0);
            assertThat(irq).isFalse();
        }
        assertThat(rises).isEqualTo(1024);
    }

    @Test
    void withoutAnAcknowledgementTheLineStaysHigh() {
        write(11, 0x42);
        bench.pass(Bench.HZ);
        assertThat(rises).isEqualTo(1);
    }

    @Test
    void updateInterruptComesEverySecond() {
        write(11, 0x12);
        bench.passUntil(Bench.HZ - 1);
        assertThat(irq).isFalse();
        bench.pass(1);
        assertThat(irq).isTrue();
        assertThat(read(12)).isEqualTo(0xD0);
        assertThat(read(12)).isZero();
    }

    @Test
    void alarmComesAtItsTimeAndWithDontCareEveryMinute() {
        write(1, 0x03);
        write(3, 0x00);
        write(5, 0x00);
        write(11, 0x22);
        bench.pass(5 * Bench.HZ - 1);
        assertThat(irq).isFalse();
        bench.pass(1);
        assertThat(irq).isTrue();
        assertThat(read(12) & 0xA0).isEqualTo(0xA0);
        write(3, 0xFF);
        write(5, 0xC0);
        bench.pass(60 * Bench.HZ);
        assertThat(irq).isTrue();
    }

    @Test
    void flagsShowWithoutTheirInterruptsEnabled() {
        bench.pass(Bench.HZ);
        assertThat(read(12)).isEqualTo(0x50);
        assertThat(rises).isZero();
    }

    @Test
    void memoryTellsTheMachinesSizeAndIsSummed() {
        assertThat(read(0x15) | read(0x16) << 8).isEqualTo(640);
        assertThat(read(0x17) | read(0x18) << 8).isEqualTo(31 * 1024);
        assertThat(read(0x34) | read(0x35) << 8).isEqualTo(256);
        assertThat(read(0x32)).isEqualTo(0x19);
        assertThat(read(0x14) & 2).as("floating point").isEqualTo(2);
        assertThat(read(13)).as("battery good").isEqualTo(0x80);
        int sum = 0;
        for (int i = 0x10; i <= 0x2D; i++) {
            sum += read(i);
        }
        assertThat(read(0x2E) << 8 | read(0x2F)).isEqualTo(sum);
        write(0x40, 0xA5);
        assertThat(read(0x40)).isEqualTo(0xA5);
    }

    @Test
    void peekingLeavesTheFlags() {
        bench.pass(Bench.HZ);
        bench.out(RealTimeClock.INDEX, 12);
        assertThat(bench.ports.peek(RealTimeClock.DATA)).isEqualTo(0x50);
        assertThat(bench.in(RealTimeClock.DATA)).isEqualTo(0x50);
    }

    @Test
    void resetKeepsTimeAndClearsInterrupts() {
        write(11, 0x42);
        bench.pass(Bench.HZ);
        rtc.reset();
        assertThat(irq).isFalse();
        assertThat(read(11)).isEqualTo(0x02);
        assertThat(read(0)).isEqualTo(0x59);
    }

    @Test
    void stateRoundTrips() {
        write(11, 0x52);
        bench.pass(Bench.HZ / 3);
        byte[] state = Bench.save(rtc);
        byte[] events = Bench.save(bench.events);
        Bench other = new Bench();
        RealTimeClock copy = clock(other, LocalDateTime.of(2026, 1, 1, 0, 0));
        other.pass(Bench.HZ / 3);
        Bench.load(copy, state);
        Bench.load(other.events, events);
        bench.pass(3 * Bench.HZ);
        other.pass(3 * Bench.HZ);
        assertThat(Bench.save(copy)).isEqualTo(Bench.save(rtc));
    }
}
