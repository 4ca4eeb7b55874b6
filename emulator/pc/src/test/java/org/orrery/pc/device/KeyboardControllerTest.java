package org.orrery.pc.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.orrery.cpu.PhysicalMemory;

class KeyboardControllerTest {
    private static final int DATA = KeyboardController.DATA;
    private static final int COMMAND = KeyboardController.COMMAND;
    private static final int FAST = KeyboardController.FAST;
    private static final long FRAME = Bench.HZ * 880 / 1_000_000;

    private final Bench bench = new Bench();
    private final PhysicalMemory memory = new PhysicalMemory(1 << 20);
    private boolean irq;
    private int resets;
    private KeyboardController keyboard;

    @BeforeEach
    void attach() {
        keyboard =
                new KeyboardController(memory, bench.clock, Bench.HZ, high -> irq = high, bench.events, () -> resets++);
        bench.ports.attach(DATA, DATA, keyboard);
        bench.ports.attach(COMMAND, COMMAND, keyboard);
        bench.ports.attach(FAST, FAST, keyboard);
    }

    private int answerTo(int command) {
        bench.out(COMMAND, command);
        assertThat(bench.in(COMMAND) & 1).isOne();
        return bench.in(DATA);
    }

    private int nextFromKeyboard() {
        bench.pass(FRAME);
        assertThat(bench.in(COMMAND) & 1).isOne();
        return bench.in(DATA);
    }

    @Test
    void selfTestsPass() {
        assertThat(answerTo(0xAA)).isEqualTo(0x55);
        assertThat(answerTo(0xAB)).isZero();
        assertThat(bench.in(COMMAND))
                .as("empty, self-tested, last was a command, unlocked")
                .isEqualTo(0x1C);
    }

    @Test
    void a20IsOpenedTheClassicWay() {
        memory.setA20(false);
        int port = answerTo(0xD0);
        assertThat(port & 2).isZero();
        bench.out(COMMAND, 0xD1);
        bench.out(DATA, port | 2);
        assertThat(memory.a20()).isTrue();
        assertThat(answerTo(0xD0) & 3).isEqualTo(3);
        bench.out(COMMAND, 0xD1);
        bench.out(DATA, port & ~2);
        assertThat(memory.a20()).isFalse();
    }

    @Test
    void a20IsOpenedTheFastWay() {
        memory.setA20(false);
        assertThat(bench.in(FAST)).isZero();
        bench.out(FAST, 2);
        assertThat(memory.a20()).isTrue();
        assertThat(bench.in(FAST)).isEqualTo(2);
        assertThat(resets).isZero();
    }

    @Test
    void theResetLineCanBePulledInThreeWays() {
        bench.out(COMMAND, 0xFE);
        assertThat(resets).isOne();
        bench.out(FAST, 1);
        assertThat(resets).isEqualTo(2);
        bench.out(COMMAND, 0xD1);
        bench.out(DATA, 0x02);
        assertThat(resets).isEqualTo(3);
        bench.out(COMMAND, 0xFF);
        assertThat(resets).as("pulses nothing").isEqualTo(3);
    }

    @Test
    void commandByteIsWrittenAndRead() {
        bench.out(COMMAND, 0x60);
        bench.out(DATA, 0x44);
        assertThat(answerTo(0x20)).isEqualTo(0x44);
    }

    @Test
    void keysArriveOneByOneWithAnInterruptEach() {
        keyboard.type(new byte[] {0x1E, (byte) 0x9E});
        assertThat(irq).isFalse();
        bench.pass(FRAME);
        assertThat(irq).isTrue();
        assertThat(bench.in(COMMAND) & 1).isOne();
        assertThat(bench.in(DATA)).isEqualTo(0x1E);
        assertThat(irq).isFalse();
        assertThat(bench.in(COMMAND) & 1).as("the next is on its way").isZero();
        assertThat(nextFromKeyboard()).isEqualTo(0x9E);
        bench.pass(10 * FRAME);
        assertThat(bench.in(COMMAND) & 1).isZero();
    }

    @Test
    void aDisabledKeyboardKeepsItsKeys() {
        bench.out(COMMAND, 0xAD);
        keyboard.type(new byte[] {0x10});
        bench.pass(10 * FRAME);
        assertThat(irq).isFalse();
        bench.out(COMMAND, 0xAE);
        assertThat(nextFromKeyboard()).isEqualTo(0x10);
    }

    @Test
    void withoutInterruptsTheKeysCanBePolled() {
        bench.out(COMMAND, 0x60);
        bench.out(DATA, 0x44);
        keyboard.type(new byte[] {0x10});
        assertThat(nextFromKeyboard()).isEqualTo(0x10);
        assertThat(irq).isFalse();
    }

    @Test
    void theKeyboardAnswersItsCommands() {
        bench.out(DATA, 0xFF);
        assertThat(nextFromKeyboard()).isEqualTo(0xFA);
        assertThat(nextFromKeyboard()).isEqualTo(0xAA);
        bench.out(DATA, 0xED);
        assertThat(nextFromKeyboard()).isEqualTo(0xFA);
        bench.out(DATA, 0x07);
        assertThat(nextFromKeyboard()).isEqualTo(0xFA);
        bench.out(DATA, 0xEE);
        assertThat(nextFromKeyboard()).isEqualTo(0xEE);
        bench.out(DATA, 0xF2);
        assertThat(nextFromKeyboard()).isEqualTo(0xFA);
        assertThat(nextFromKeyboard()).isEqualTo(0xAB);
        assertThat(nextFromKeyboard()).isEqualTo(0x41);
        bench.out(DATA, 0x99);
        assertThat(nextFromKeyboard()).isEqualTo(0xFE);
    }

    @Test
    void peekingDoesNotEmptyTheBuffer() {
        bench.out(COMMAND, 0xAA);
        assertThat(bench.ports.peek(DATA)).isEqualTo(0x55);
        assertThat(bench.in(COMMAND) & 1).isOne();
    }

    @Test
    void stateRoundTrips() {
        keyboard.type(new byte[] {1, 2, 3});
        bench.out(DATA, 0xED);
        bench.pass(FRAME / 2);
        byte[] state = Bench.save(keyboard);
        byte[] events = Bench.save(bench.events);
        Bench other = new Bench();
        KeyboardController copy =
                new KeyboardController(memory, other.clock, Bench.HZ, high -> {}, other.events, () -> {});
        other.pass(FRAME / 2);
        Bench.load(copy, state);
        Bench.load(other.events, events);
        bench.pass(3 * FRAME);
        other.pass(3 * FRAME);
        assertThat(Bench.save(copy)).isEqualTo(Bench.save(keyboard));
    }
}
