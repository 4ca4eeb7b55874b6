package org.orrery.pc.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;

class TimerChannelTest {
    private final TimerChannel channel = new TimerChannel("counter", true);
    private long time;

    private void program(int mode, int count) {
        channel.control(0x30 | mode << 1);
        write(count);
    }

    private void write(int count) {
        channel.write(count & 0xFF);
        channel.write(count >> 8);
    }

    /** The output, as a string of H and L, after each of the next pulses. */
    private String outputs(int pulses) {
        StringBuilder seen = new StringBuilder();
        for (int i = 0; i < pulses; i++) {
            channel.advance(++time);
            seen.append(channel.out() ? 'H' : 'L');
        }
        return seen.toString();
    }

    private int count() {
        channel.latchCount();
        return channel.read() | channel.read() << 8;
    }

    private void gate(boolean high) {
        channel.setGate(high);
    }

    @Test
    void mode0RaisesTheOutputOnePulseMoreThanTheCountAfterTheWrite() {
        program(0, 4);
        assertThat(channel.out()).isFalse();
        assertThat(outputs(8)).isEqualTo("LLLLHHHH");
        assertThat(count()).as("it goes on counting").isEqualTo(0xFFFD);
    }

    @Test
    void mode0StandsStillWhileTheGateIsLow() {
        program(0, 4);
        outputs(2);
        gate(false);
        assertThat(outputs(5)).isEqualTo("LLLLL");
        assertThat(count()).isEqualTo(3);
        gate(true);
        assertThat(outputs(4)).isEqualTo("LLHH");
    }

    @Test
    void mode0StopsAtTheFirstByteOfANewCount() {
        program(0, 4);
        outputs(8);
        channel.write(2);
        assertThat(channel.out()).isFalse();
        assertThat(outputs(3)).isEqualTo("LLL");
        channel.write(0);
        assertThat(outputs(4)).isEqualTo("LLHH");
    }

    @Test
    void mode1IsAOneShotThatTheGateRetriggers() {
        program(1, 3);
        assertThat(outputs(5)).isEqualTo("HHHHH");
        gate(false);
        gate(true);
        assertThat(outputs(6)).isEqualTo("LLLHHH");
        gate(false);
        gate(true);
        assertThat(outputs(2)).isEqualTo("LL");
        gate(false);
        gate(true);
        assertThat(outputs(5)).as("the pulse is prolonged").isEqualTo("LLLHH");
    }

    @Test
    void mode2IsLowForOnePulseInEachPeriod() {
        program(2, 4);
        assertThat(outputs(13)).isEqualTo("HHHLHHHLHHHLH");
    }

    @Test
    void mode2TakesANewCountAtTheEndOfThePeriod() {
        program(2, 4);
        outputs(2);
        write(3);
        assertThat(outputs(8)).isEqualTo("HLHHLHHL");
    }

    @Test
    void mode2GateStopsAndRestarts() {
        program(2, 4);
        outputs(4);
        assertThat(channel.out()).isFalse();
        gate(false);
        assertThat(channel.out()).isTrue();
        assertThat(outputs(3)).isEqualTo("HHH");
        gate(true);
        assertThat(outputs(5)).isEqualTo("HHHLH");
    }

    @ParameterizedTest
    @CsvSource({"4, HHLLHHLLHHLL", "5, HHHLLHHHLLHH", "2, HLHLHLHLHLHL", "3, HHLHHLHHLHHL"})
    void mode3IsASquareWave(int count, String wave) {
        program(3, count);
        assertThat(outputs(12)).isEqualTo(wave);
    }

    @Test
    void mode3CountsByTwo() {
        program(3, 8);
        outputs(1);
        assertThat(count()).isEqualTo(8);
        outputs(1);
        assertThat(count()).isEqualTo(6);
        outputs(3);
        assertThat(count()).isEqualTo(8);
    }

    @Test
    void mode4StrobesOnce() {
        program(4, 3);
        assertThat(outputs(8)).isEqualTo("HHHLHHHH");
        write(2);
        assertThat(outputs(5)).isEqualTo("HHLHH");
    }

    @Test
    void mode5StrobesAfterTheGateRises() {
        program(5, 3);
        assertThat(outputs(5)).isEqualTo("HHHHH");
        gate(false);
        gate(true);
        assertThat(outputs(6)).isEqualTo("HHHLHH");
    }

    @Test
    void zeroMeansTheLargestCount() {
        program(0, 0);
        channel.advance(time += 65_536);
        assertThat(channel.out()).isFalse();
        assertThat(count()).isEqualTo(1);
        assertThat(outputs(1)).isEqualTo("H");
    }

    @Test
    void bcdCountsInTens() {
        channel.control(0x31);
        channel.write(0x00);
        channel.write(0x10);
        outputs(2);
        assertThat(count()).isEqualTo(0x0999);
        channel.advance(time += 1000);
        assertThat(count()).as("and wraps at ten thousand").isEqualTo(0x9999);
    }

    @Test
    void aLatchedCountStaysUntilItIsReadAndALaterLatchIsIgnored() {
        program(2, 1000);
        outputs(11);
        channel.latchCount();
        outputs(100);
        channel.latchCount();
        assertThat(channel.read() | channel.read() << 8).isEqualTo(990);
        assertThat(channel.read() | channel.read() << 8).isEqualTo(890);
    }

    @Test
    void latchedStatusTellsOutputNullCountAndMode() {
        program(3, 100);
        channel.latchStatus();
        channel.latchCount();
        assertThat(channel.read())
                .as("high, count not loaded, both bytes, mode 3")
                .isEqualTo(0xF6);
        channel.read();
        channel.read();
        outputs(60);
        channel.latchStatus();
        assertThat(channel.read()).as("low, loaded").isEqualTo(0x36);
    }

    @Test
    void singleByteAccess() {
        channel.control(0x20);
        channel.write(0x12);
        outputs(1);
        assertThat(channel.read()).isEqualTo(0x12);
        channel.control(0x10);
        channel.write(0x34);
        outputs(1);
        assertThat(channel.read()).isEqualTo(0x34);
        assertThat(channel.read()).isEqualTo(0x34);
    }

    /** What the chip does is defined pulse by pulse; a jump over many pulses must lead to the same place. */
    @Test
    void jumpsLeadWherePulsesLead() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            TimerChannel jumping = new TimerChannel("counter", true);
            TimerChannel stepping = new TimerChannel("counter", true);
            long now = 0;
            for (int action = 0; action < 40; action++) {
                act(random.nextInt(8), random.nextInt(), jumping, stepping);
                long target = now + random.nextInt(action % 5 == 0 ? 70_000 : 40);
                jumping.advance(target);
                while (now < target) {
                    stepping.advance(++now);
                }
                assertThat(state(jumping))
                        .as("seed %d, action %d", seed, action)
                        .isEqualTo(state(stepping));
            }
        }
    }

    private static void act(int choice, int bits, TimerChannel... channels) {
        for (TimerChannel c : channels) {
            switch (choice) {
                case 0 -> c.setGate((bits & 1) != 0);
                case 1, 2 -> {
                    c.control(0x30 | bits & 0x0E | (bits >> 8 & 7) / 7);
                    c.write(bits >> 12 & 15);
                    c.write(bits >> 16 & 15 & bits >> 20);
                }
                case 3 -> c.write(bits & 0x1F);
                case 4 -> c.latchCount();
                case 5 -> c.read();
                default -> {}
            }
        }
    }

    private static byte[] state(TimerChannel channel) {
        StateWriter out = new StateWriter();
        channel.save(out);
        return out.toByteArray();
    }

    @Test
    void theNextChangeIsNeverLate() {
        for (int mode = 0; mode < 6; mode++) {
            TimerChannel c = new TimerChannel("counter", true);
            c.control(0x30 | mode << 1);
            c.write(7);
            c.write(0);
            c.setGate(false);
            c.setGate(true);
            boolean before = c.out();
            for (long t = 1; t < 60; t++) {
                long announced = c.nextChange();
                c.advance(t);
                if (c.out() != before) {
                    assertThat(announced).as("mode %d at %d", mode, t).isEqualTo(t);
                }
                before = c.out();
            }
        }
    }

    @Test
    void stateRoundTrips() {
        program(3, 1234);
        outputs(100);
        channel.write(5);
        byte[] saved = state(channel);
        TimerChannel copy = new TimerChannel("counter", false);
        copy.load(new StateReader(saved));
        assertThat(state(copy)).isEqualTo(saved);
        channel.advance(time + 5000);
        copy.advance(time + 5000);
        assertThat(state(copy)).isEqualTo(state(channel));
    }
}
