package org.orrery.pc.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.orrery.cpu.Cause;
import org.orrery.cpu.EventQueue;
import org.orrery.cpu.Ledger;

class InputDoorTest {
    private final Ledger clock = new Ledger();
    private final EventQueue events = new EventQueue();
    private final InputDoor door = new InputDoor(clock, events, 100);
    private final List<String> arrived = new ArrayList<>();

    InputDoorTest() {
        door.connect("com1", bytes -> arrived.add(clock.now() + " " + new String(bytes, StandardCharsets.US_ASCII)));
    }

    /** Time passes in instructions of seven cycles, so that events run a little late. */
    private void passUntil(long cycle) {
        while (clock.now() < cycle) {
            clock.charge(Cause.EXECUTE, 7);
            events.runDue(clock.now());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void aClosedDoorSchedulesNothing() {
        door.offer("com1", bytes("a"));
        assertThat(events.next()).isEqualTo(EventQueue.NEVER);
        passUntil(1000);
        assertThat(arrived).isEmpty();
    }

    @Test
    void offersEnterAtTheNextOpening() {
        door.open();
        passUntil(150);
        door.offer("com1", bytes("a"));
        door.offer("com1", bytes("b"));
        passUntil(1000);
        assertThat(arrived).containsExactly("203 a", "203 b");
        assertThat(door.log()).extracting(Input::cycle).containsExactly(200L, 200L);
    }

    @Test
    void theLogReplaysAtTheSameCycles() {
        door.open();
        passUntil(150);
        door.offer("com1", bytes("a"));
        passUntil(420);
        door.offer("com1", bytes("b"));
        passUntil(1000);

        InputDoorTest again = new InputDoorTest();
        again.door.replay(door.log());
        again.passUntil(1000);
        assertThat(again.arrived).isEqualTo(arrived).hasSize(2);
        assertThat(again.door.log()).usingRecursiveComparison().isEqualTo(door.log());
    }

    @Test
    void recordedInputsMayBeGivenInAnyOrderAndTheirCyclesAreRoundedUp() {
        door.replay(List.of(new Input(301, "com1", bytes("late")), new Input(5, "com1", bytes("early"))));
        passUntil(1000);
        assertThat(arrived).containsExactly("105 early", "406 late");
    }

    @Test
    void thePastIsNotReplayed() {
        passUntil(500);
        door.replay(List.of(new Input(300, "com1", bytes("past")), new Input(700, "com1", bytes("future"))));
        passUntil(1000);
        assertThat(arrived).containsExactly("700 future");
    }

    @Test
    void anUnknownChannelIsNamed() {
        assertThatThrownBy(() -> door.offer("com9", bytes("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no input channel 'com9'; there are [com1]");
    }
}
