package org.orrery.pc.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.orrery.cpu.Cause;
import org.orrery.cpu.EventQueue;
import org.orrery.cpu.Ledger;

class OscillatorTest {
    private static final long HZ = 66_666_667;
    private static final long CRYSTAL = 14_318_180;

    private final Ledger clock = new Ledger();
    private final Oscillator timer = new Oscillator(clock, HZ, CRYSTAL, 12);

    @Test
    void ticksAreExactHoweverLongTheMachineRuns() {
        Random random = new Random(486);
        for (int i = 0; i < 10_000; i++) {
            long cycle = random.nextLong() >>> 1 + random.nextInt(60);
            BigInteger exact = BigInteger.valueOf(cycle)
                    .multiply(BigInteger.valueOf(CRYSTAL))
                    .divide(BigInteger.valueOf(HZ).multiply(BigInteger.valueOf(12)));
            assertThat(BigInteger.valueOf(timer.ticksAt(cycle))).isEqualTo(exact);
        }
    }

    @Test
    void theCycleOfATickIsTheFirstAtWhichItHasPassed() {
        Random random = new Random(486);
        for (int i = 0; i < 10_000; i++) {
            long tick = random.nextLong() >>> 8 + random.nextInt(50);
            long cycle = timer.cycleOf(tick);
            assertThat(timer.ticksAt(cycle)).isEqualTo(tick);
            if (tick > 0) {
                assertThat(timer.ticksAt(cycle - 1)).isEqualTo(tick - 1);
            }
        }
    }

    @Test
    void neverStaysNever() {
        assertThat(timer.cycleOf(EventQueue.NEVER)).isEqualTo(EventQueue.NEVER);
    }

    @Test
    void nowFollowsTheLedger() {
        clock.charge(Cause.EXECUTE, HZ);
        assertThat(timer.now()).isEqualTo(1_193_181);
    }
}
