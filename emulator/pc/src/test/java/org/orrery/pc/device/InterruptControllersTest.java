package org.orrery.pc.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InterruptControllersTest {
    private static final int MASTER = 0x20;
    private static final int MASTER_MASK = 0x21;
    private static final int SLAVE = 0xA0;
    private static final int SLAVE_MASK = 0xA1;
    private static final int EOI = 0x20;

    private final Bench bench = new Bench();
    private final InterruptControllers pics = new InterruptControllers();
    private boolean intr;

    @BeforeEach
    void programAsADriverDoes() {
        pics.attachTo(bench.ports);
        pics.connect(high -> intr = high);
        initialise(0x11, 0x01);
    }

    private void initialise(int icw1, int icw4) {
        bench.out(MASTER, icw1);
        bench.out(MASTER_MASK, 0x20, 0x04, icw4);
        bench.out(SLAVE, icw1);
        bench.out(SLAVE_MASK, 0x28, 0x02, 0x01);
    }

    private void raise(int irq) {
        pics.line(irq).set(true);
    }

    private void lower(int irq) {
        pics.line(irq).set(false);
    }

    private int inService() {
        bench.out(MASTER, 0x0B);
        bench.out(SLAVE, 0x0B);
        return bench.in(MASTER) | bench.in(SLAVE) << 8;
    }

    private int requested() {
        bench.out(MASTER, 0x0A);
        bench.out(SLAVE, 0x0A);
        return bench.in(MASTER) | bench.in(SLAVE) << 8;
    }

    @Test
    void nothingGetsThroughBeforeInitialisation() {
        InterruptControllers fresh = new InterruptControllers();
        boolean[] high = new boolean[1];
        fresh.connect(h -> high[0] = h);
        fresh.line(0).set(true);
        assertThat(high[0]).isFalse();
    }

    @Test
    void anInterruptIsRequestedServedAndEnded() {
        raise(4);
        assertThat(intr).isTrue();
        assertThat(requested()).isEqualTo(0x10);
        assertThat(pics.acknowledge()).isEqualTo(0x24);
        assertThat(intr).isFalse();
        assertThat(inService()).isEqualTo(0x10);
        bench.out(MASTER, EOI);
        assertThat(inService()).isZero();
        assertThat(intr).as("the line is still high, but there was no edge").isFalse();
        lower(4);
        raise(4);
        assertThat(intr).isTrue();
    }

    @Test
    void lowerNumbersInterruptHigherOnesAndNotTheOtherWayRound() {
        raise(4);
        pics.acknowledge();
        raise(5);
        assertThat(intr).isFalse();
        raise(1);
        assertThat(intr).isTrue();
        assertThat(pics.acknowledge()).isEqualTo(0x21);
        bench.out(MASTER, EOI);
        assertThat(inService()).isEqualTo(0x10);
        bench.out(MASTER, EOI);
        assertThat(pics.acknowledge()).isEqualTo(0x25);
    }

    @Test
    void theMaskHoldsARequestBack() {
        bench.out(MASTER_MASK, 0x10);
        raise(4);
        assertThat(intr).isFalse();
        assertThat(bench.in(MASTER_MASK)).isEqualTo(0x10);
        bench.out(MASTER_MASK, 0);
        assertThat(intr).isTrue();
    }

    @Test
    void theSlaveComesThroughInput2() {
        raise(12);
        assertThat(intr).isTrue();
        assertThat(pics.acknowledge()).isEqualTo(0x2C);
        assertThat(inService()).isEqualTo(0x1004);
        raise(8);
        assertThat(intr).as("the master has the slave in service").isFalse();
        bench.out(SLAVE, EOI);
        bench.out(MASTER, EOI);
        assertThat(pics.acknowledge()).isEqualTo(0x28);
    }

    @Test
    void twoRequestsOfTheSlaveAreServedOneAfterTheOther() {
        raise(9);
        raise(14);
        assertThat(pics.acknowledge()).isEqualTo(0x29);
        bench.out(SLAVE, EOI);
        bench.out(MASTER, EOI);
        assertThat(intr).isTrue();
        assertThat(pics.acknowledge()).isEqualTo(0x2E);
    }

    @Test
    void specialFullyNestedModeLetsTheSlaveInterruptItself() {
        initialise(0x11, 0x11);
        raise(12);
        pics.acknowledge();
        raise(3);
        assertThat(intr).as("lower than the slave").isFalse();
        raise(8);
        assertThat(intr).isTrue();
        assertThat(pics.acknowledge()).isEqualTo(0x28);
    }

    @Test
    void aRequestThatGoesAwayIsSpurious() {
        raise(4);
        lower(4);
        assertThat(intr).isFalse();
        assertThat(pics.acknowledge()).isEqualTo(0x27);
        assertThat(inService()).as("nothing to end").isZero();
    }

    @Test
    void aSpuriousInterruptOfTheSlaveIs15() {
        InterruptController slave = new InterruptController("slave", 0);
        slave.out(0, 0x11);
        slave.out(1, 0x28);
        slave.out(1, 2);
        slave.out(1, 1);
        slave.input(3, true);
        slave.input(3, false);
        assertThat(slave.vector(slave.acknowledge())).isEqualTo(0x2F);
    }

    @Test
    void levelTriggeredRequestsComeBackUntilTheLineIsLow() {
        initialise(0x19, 0x01);
        raise(3);
        assertThat(pics.acknowledge()).isEqualTo(0x23);
        bench.out(MASTER, EOI);
        assertThat(intr).isTrue();
        assertThat(pics.acknowledge()).isEqualTo(0x23);
        lower(3);
        bench.out(MASTER, EOI);
        assertThat(intr).isFalse();
    }

    @Test
    void initialisationForgetsEdges() {
        raise(4);
        initialise(0x11, 0x01);
        assertThat(intr).isFalse();
        lower(4);
        raise(4);
        assertThat(intr).isTrue();
    }

    @Test
    void automaticEndOfInterrupt() {
        initialise(0x11, 0x03);
        raise(4);
        assertThat(pics.acknowledge()).isEqualTo(0x24);
        assertThat(inService()).isZero();
        raise(5);
        assertThat(intr).isTrue();
    }

    @Test
    void specificEndOfInterrupt() {
        raise(5);
        pics.acknowledge();
        raise(3);
        pics.acknowledge();
        bench.out(MASTER, 0x65);
        assertThat(inService()).isEqualTo(0x08);
    }

    @Test
    void rotationMakesTheServedInputTheLowest() {
        raise(3);
        pics.acknowledge();
        bench.out(MASTER, 0xA0); // rotate on non-specific EOI
        raise(4);
        lower(3);
        raise(3);
        raise(0);
        assertThat(pics.acknowledge()).isEqualTo(0x24);
    }

    @Test
    void rotationInAutomaticEoi() {
        initialise(0x11, 0x03);
        bench.out(MASTER, 0x80);
        raise(0);
        pics.acknowledge();
        lower(0);
        raise(0);
        raise(1);
        assertThat(pics.acknowledge()).isEqualTo(0x21);
        bench.out(MASTER, 0x00);
        assertThat(pics.acknowledge()).isEqualTo(0x20);
    }

    @Test
    void priorityCanBeSet() {
        bench.out(MASTER, 0xC4); // 4 is the lowest, so 5 is the highest
        raise(0);
        raise(6);
        assertThat(pics.acknowledge()).isEqualTo(0x26);
    }

    @Test
    void specialMaskModeLetsLowerInputsThrough() {
        raise(1);
        pics.acknowledge();
        raise(6);
        assertThat(intr).isFalse();
        bench.out(MASTER_MASK, 0x02);
        bench.out(MASTER, 0x68);
        assertThat(intr).isTrue();
        assertThat(pics.acknowledge()).isEqualTo(0x26);
        bench.out(MASTER, EOI);
        assertThat(inService())
                .as("a masked level is not seen by a non-specific EOI")
                .isEqualTo(0x02);
        bench.out(MASTER, 0x48);
        bench.out(MASTER, EOI);
        assertThat(inService()).isZero();
    }

    @Test
    void pollingServesWithoutTheCpusAcknowledge() {
        raise(6);
        bench.out(MASTER, 0x0C);
        assertThat(bench.in(MASTER)).isEqualTo(0x86);
        assertThat(inService()).isEqualTo(0x40);
        assertThat(intr).isFalse();
        bench.out(MASTER, 0x0C);
        assertThat(bench.in(MASTER) & 0x80).isZero();
    }

    @Test
    void peekingDoesNotPoll() {
        raise(6);
        bench.out(MASTER, 0x0C);
        bench.ports.peek(MASTER);
        assertThat(intr).isTrue();
    }

    @Test
    void input2CannotBeUsed() {
        assertThatThrownBy(() -> pics.line(2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void stateRoundTrips() {
        raise(4);
        pics.acknowledge();
        raise(9);
        bench.out(MASTER, 0xC2, 0x0B);
        byte[] state = Bench.save(pics);
        InterruptControllers copy = new InterruptControllers();
        Bench.load(copy, state);
        assertThat(Bench.save(copy)).isEqualTo(state);
        bench.out(MASTER, 0x64);
        assertThat(pics.acknowledge()).isEqualTo(0x29);
    }
}
