package org.orrery.pc.input;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.orrery.cpu.EventQueue;
import org.orrery.cpu.Ledger;

/**
 * Lets bytes from outside in, at cycles that are multiples of a fixed interval and at no other time. Host threads {@link #offer} when they
 * like; what the door let in is in the {@link #log}, and the log given to {@link #replay} on an equal machine enters at the same cycles
 * and gives the same run. A door that was never opened costs nothing.
 */
public final class InputDoor {
    private record Offer(String channel, byte[] payload) {}

    private final Ledger clock;
    private final EventQueue events;
    private final int event;
    private final long interval;
    private final Map<String, Consumer<byte[]>> channels = new TreeMap<>();
    private final ConcurrentLinkedQueue<Offer> offers = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Input> recorded = new ArrayDeque<>();
    private final List<Input> log = new ArrayList<>();

    /** @param interval cycles between two openings */
    public InputDoor(Ledger clock, EventQueue events, long interval) {
        this.clock = clock;
        this.events = events;
        this.interval = interval;
        event = events.register(this::letIn);
    }

    /** Names a channel and the device behind it. */
    public void connect(String channel, Consumer<byte[]> device) {
        channels.put(channel, device);
    }

    /** The names that {@link #offer} knows. */
    public List<String> channels() {
        return List.copyOf(channels.keySet());
    }

    /** Begins to let in what is offered. */
    public void open() {
        events.schedule(event, nextOpening(clock.now()));
    }

    /** Offers bytes; any thread may call this, at any time. They wait until the door is open. */
    public void offer(String channel, byte[] payload) {
        require(channel);
        offers.add(new Offer(channel, payload.clone()));
    }

    /**
     * Lets in recorded inputs at the cycles they name, or at the next opening after; replaces what was still to be replayed, and opens the
     * door. Inputs before the present cycle are skipped.
     */
    public void replay(List<Input> inputs) {
        recorded.clear();
        List<Input> ordered = new ArrayList<>(inputs);
        ordered.sort(Comparator.comparingLong(Input::cycle));
        for (Input input : ordered) {
            require(input.channel());
            if (input.cycle() > clock.now()) {
                recorded.add(input);
            }
        }
        open();
    }

    private void require(String channel) {
        if (!channels.containsKey(channel)) {
            throw new IllegalArgumentException("no input channel '" + channel + "'; there are " + channels());
        }
    }

    /** What has entered, oldest first. */
    public List<Input> log() {
        return List.copyOf(log);
    }

    /** After the machine went back to an earlier state: forgets what was recorded since, and what was still to be replayed. */
    public void rewind() {
        recorded.clear();
        log.removeIf(input -> input.cycle() > clock.now());
    }

    private long nextOpening(long cycle) {
        return (cycle / interval + 1) * interval;
    }

    /** The opening that belongs to {@code now}: the event may run a few cycles late, the record names the opening. */
    private void letIn(long now) {
        long opening = now / interval * interval;
        while (!recorded.isEmpty() && recorded.peek().cycle() <= opening) {
            Input input = recorded.remove();
            deliver(new Input(opening, input.channel(), input.payload()));
        }
        for (Offer offer = offers.poll(); offer != null; offer = offers.poll()) {
            deliver(new Input(opening, offer.channel, offer.payload));
        }
        events.schedule(event, nextOpening(now));
    }

    private void deliver(Input input) {
        log.add(input);
        channels.get(input.channel()).accept(input.payload());
    }
}
