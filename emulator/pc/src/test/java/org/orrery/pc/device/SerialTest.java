package org.orrery.pc.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SerialTest {
    private static final int DATA = 0x3F8;
    private static final int IER = 0x3F9;
    private static final int IIR = 0x3FA;
    private static final int LCR = 0x3FB;
    private static final int MCR = 0x3FC;
    private static final int LSR = 0x3FD;
    private static final int MSR = 0x3FE;
    /** Ten bits at 115,200 baud last 4,340.28 cycles at 50 MHz. */
    private static final long CHARACTER = 4340;

    private final Bench bench = new Bench();
    private final StringBuilder output = new StringBuilder();
    private boolean irq;
    private Serial serial;

    @BeforeEach
    void programAsADriverDoes() {
        serial = new Serial(
                "com1",
                DATA,
                bench.oscillator(Serial.CRYSTAL_HZ, 1),
                high -> irq = high,
                bench.events,
                b -> output.append((char) b));
        bench.ports.attach(DATA, DATA + Serial.PORTS - 1, serial);
        bench.out(IER, 0);
        bench.out(LCR, 0x80);
        bench.out(DATA, 1);
        bench.out(IER, 0);
        bench.out(LCR, 3);
        bench.out(MCR, 0x0B);
    }

    @Test
    void divisorIsReadBackThroughTheLatch() {
        bench.out(LCR, 0x83);
        bench.out(DATA, 0x34);
        bench.out(IER, 0x12);
        assertThat(bench.in(DATA)).isEqualTo(0x34);
        assertThat(bench.in(IER)).isEqualTo(0x12);
    }

    @Test
    void transmitterTakesTheTimeOfTheBaudRate() {
        bench.out(DATA, 'A');
        assertThat(bench.in(LSR)).as("in the shift register").isEqualTo(0x20);
        bench.out(DATA, 'B');
        assertThat(bench.in(LSR)).as("both registers full").isEqualTo(0);
        bench.pass(CHARACTER);
        assertThat(bench.in(LSR)).isEqualTo(0);
        bench.pass(1);
        assertThat(bench.in(LSR)).as("B is shifting").isEqualTo(0x20);
        bench.pass(CHARACTER - 1);
        assertThat(bench.in(LSR)).isEqualTo(0x20);
        bench.pass(2);
        assertThat(bench.in(LSR)).as("TEMT").isEqualTo(0x60);
        assertThat(output).hasToString("AB");
    }

    @Test
    void aCharacterWrittenOverAnotherIsLostAsOnTheChip() {
        bench.out(DATA, 'A', 'B', 'C');
        bench.pass(3 * CHARACTER);
        assertThat(output).hasToString("AC");
    }

    @Test
    void drainShowsWhatIsStillHeldAndOnlyOnce() {
        bench.out(DATA, 'A', 'B');
        assertThat(output).hasToString("A");
        serial.drain();
        bench.pass(3 * CHARACTER);
        assertThat(output).hasToString("AB");
    }

    @Test
    void formatSetsTheLengthOfACharacter() {
        bench.out(LCR, 0x00); // five bits, no parity, one stop bit
        bench.out(DATA, 1);
        bench.pass(3037); // 7 bits: 3,038.2 cycles
        assertThat(bench.in(LSR)).isEqualTo(0x20);
        bench.pass(2);
        assertThat(bench.in(LSR)).isEqualTo(0x60);
        bench.out(LCR, 0x0F); // eight bits, parity, two stop bits
        bench.out(DATA, 1);
        bench.pass(5207); // 12 bits: 5,208.3 cycles
        assertThat(bench.in(LSR)).isEqualTo(0x20);
        bench.pass(2);
        assertThat(bench.in(LSR)).isEqualTo(0x60);
    }

    @Test
    void inputArrivesCharacterByCharacterAndWaitsUntilItIsRead() {
        serial.receive("xyz".getBytes(StandardCharsets.US_ASCII));
        assertThat(bench.in(LSR) & 1).isZero();
        bench.pass(CHARACTER + 1);
        assertThat(bench.in(LSR) & 1).isOne();
        bench.pass(10 * CHARACTER);
        assertThat(bench.in(LSR)).as("no overrun").isEqualTo(0x61);
        assertThat(bench.in(DATA)).isEqualTo('x');
        assertThat(bench.in(DATA)).isEqualTo('y');
        assertThat(bench.in(LSR) & 1).isZero();
        bench.pass(CHARACTER + 1);
        assertThat(bench.in(DATA)).isEqualTo('z');
    }

    @Test
    void interruptsComeInOrderOfUrgency() {
        bench.out(IER, 0x0F);
        assertThat(irq).as("the holding register is empty").isTrue();
        serial.receive(new byte[] {'k'});
        bench.pass(CHARACTER + 1);
        assertThat(bench.in(IIR)).as("received data first").isEqualTo(4);
        assertThat(bench.in(DATA)).isEqualTo('k');
        assertThat(bench.in(IIR)).as("then the transmitter").isEqualTo(2);
        assertThat(bench.in(IIR)).as("which reading has cleared").isEqualTo(1);
        assertThat(irq).isFalse();
    }

    @Test
    void writingClearsTheTransmitterInterruptAndTheNextEmptyRegisterRaisesItAgain() {
        bench.out(DATA, 'a');
        bench.out(IER, 2);
        assertThat(irq).isTrue();
        bench.out(DATA, 'b');
        assertThat(irq).isFalse();
        bench.pass(CHARACTER + 1);
        assertThat(irq).isTrue();
        assertThat(bench.in(IIR)).isEqualTo(2);
    }

    @Test
    void out2GatesTheInterruptLine() {
        bench.out(MCR, 3);
        bench.out(IER, 2);
        assertThat(irq).isFalse();
        assertThat(bench.in(IIR) & 1).as("but the chip has one").isZero();
        bench.out(MCR, 0x0B);
        assertThat(irq).isFalse();
    }

    @Test
    void loopbackReturnsCharactersAndModemLines() {
        bench.out(MCR, 0x1F);
        bench.out(DATA, 0xA5);
        bench.pass(CHARACTER + 1);
        assertThat(bench.in(DATA)).isEqualTo(0xA5);
        assertThat(output.length()).isZero();
        assertThat(bench.in(MSR) & 0xF0).isEqualTo(0xF0);
        bench.out(MCR, 0x1A);
        assertThat(bench.in(MSR)).as("RTS and OUT2 only; DSR changed, RI ended").isEqualTo(0x96);
        assertThat(bench.in(MSR)).as("reading clears the changes").isEqualTo(0x90);
    }

    @Test
    void loopbackCanOverrun() {
        bench.out(MCR, 0x10);
        bench.out(DATA, 1);
        bench.pass(CHARACTER + 1);
        bench.out(DATA, 2);
        bench.pass(CHARACTER + 1);
        assertThat(bench.in(LSR)).isEqualTo(0x63);
        assertThat(bench.in(LSR)).as("reading clears the error").isEqualTo(0x61);
        assertThat(bench.in(DATA)).isEqualTo(2);
    }

    @Test
    void fifoControlOfLaterChipsIsIgnored() {
        bench.out(IIR, 7);
        assertThat(bench.in(IIR)).isEqualTo(1);
    }

    @Test
    void stateRoundTripsInTheMiddleOfACharacter() {
        bench.out(DATA, 'A', 'B');
        serial.receive("in".getBytes(StandardCharsets.US_ASCII));
        bench.pass(1000);
        byte[] state = Bench.save(serial);
        byte[] events = Bench.save(bench.events);
        bench.pass(20_000);
        byte[] later = Bench.save(serial);

        Bench other = new Bench();
        Serial copy =
                new Serial("com1", DATA, other.oscillator(Serial.CRYSTAL_HZ, 1), high -> {}, other.events, b -> {});
        other.pass(1000);
        Bench.load(copy, state);
        Bench.load(other.events, events);
        assertThat(Bench.save(copy)).isEqualTo(state);
        other.pass(20_000);
        assertThat(Bench.save(copy)).isEqualTo(later);
    }
}
