package org.orrery.pc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import org.orrery.cpu.Cpu;
import org.orrery.cpu.EventQueue;
import org.orrery.cpu.PhysicalMemory;
import org.orrery.cpu.Stop;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;
import org.orrery.pc.Outcome.Ending;
import org.orrery.pc.bus.PortSpace;
import org.orrery.pc.bus.Resettable;
import org.orrery.pc.device.InterruptControllers;
import org.orrery.pc.device.MarkPort;
import org.orrery.pc.device.TextDisplay;
import org.orrery.pc.input.InputDoor;
import org.orrery.pc.profile.MemorySize;
import org.orrery.pc.profile.Profile;

/**
 * A whole PC. Everything it does follows from its profile, what was loaded into it, and what came through its input door; several machines
 * can live side by side. Only {@link #requestStop} and {@link InputDoor#offer} may be called from other threads.
 */
public final class Machine {
    /** Names of the input channels. */
    public static final String COM1 = "com1";

    public static final String COM2 = "com2";
    public static final String KEYBOARD = "keyboard";

    /** The input door opens this many times in a simulated second. */
    private static final int OPENINGS_A_SECOND = 1000;

    private final Profile profile;
    private final PhysicalMemory memory;
    private final PortSpace ports = new PortSpace();
    private final EventQueue events = new EventQueue();
    private final Cpu cpu;
    private final Board board;
    private final InputDoor input;
    private final List<Stateful> parts = new ArrayList<>();
    private boolean resetAsked;

    Machine(MachineBuilder b) {
        profile = b.profile;
        memory = new PhysicalMemory(b.memory);
        profile.uncached().forEach(range -> memory.setUncached(range.first(), range.last()));
        InterruptControllers interrupts = new InterruptControllers();
        cpu = new Cpu(profile.cpu(), memory, ports, interrupts, events);
        interrupts.connect(cpu::setIntr);
        board = new Board(b, cpu, memory, interrupts, events, this::resetRequested);
        board.attachTo(ports, memory);
        parts.addAll(List.of(memory, events, cpu));
        parts.addAll(board.parts());

        input = new InputDoor(cpu.ledger(), events, profile.clockHz() / OPENINGS_A_SECOND);
        input.connect(COM1, board.com1::receive);
        input.connect(COM2, board.com2::receive);
        input.connect(KEYBOARD, board.keyboard::type);
    }

    /** Begins a machine of a kind. */
    public static MachineBuilder builder(Profile profile) {
        return new MachineBuilder(profile);
    }

    public Profile profile() {
        return profile;
    }

    public Cpu cpu() {
        return cpu;
    }

    public PhysicalMemory memory() {
        return memory;
    }

    public PortSpace ports() {
        return ports;
    }

    public TextDisplay display() {
        return board.display;
    }

    /** The way in for serial input and keys: channels {@link #COM1}, {@link #COM2}, {@link #KEYBOARD}. */
    public InputDoor input() {
        return input;
    }

    /** What the guest marked through port E8h. */
    public List<MarkPort.Mark> marks() {
        return board.marks.marks();
    }

    /** CPU clocks since power-on. */
    public long now() {
        return cpu.ledger().now();
    }

    /** Runs until cycle {@code limit}, until the guest ends the run, or until it cannot go on. */
    public Outcome run(long limit) {
        return outcome(cpu.run(limit));
    }

    /** Executes one instruction, or takes one interrupt or fault. */
    public Outcome step() {
        Stop stop = cpu.step();
        return outcome(stop == null ? Stop.LIMIT : stop);
    }

    /** Makes {@link #run} come back soon with {@link Ending#STOPPED}. Any thread may call this. */
    public void requestStop() {
        cpu.requestStop();
    }

    private Outcome outcome(Stop stop) {
        OptionalInt status = board.exit.takeStatus();
        boolean reset = resetAsked;
        resetAsked = false;
        Outcome outcome;
        if (status.isPresent()) {
            outcome = new Outcome(Ending.EXITED, status.getAsInt(), "");
        } else if (reset) {
            outcome = Outcome.of(Ending.RESET);
        } else {
            outcome = switch (stop) {
                case LIMIT -> Outcome.of(Ending.LIMIT);
                case REQUESTED -> Outcome.of(Ending.STOPPED);
                case DEAD_HALT -> new Outcome(Ending.DEAD_HALT, 0, cpu.stopReason());
                case TRIPLE_FAULT -> new Outcome(Ending.TRIPLE_FAULT, 0, cpu.stopReason());
                case NOT_EXECUTED -> new Outcome(Ending.NOT_EXECUTED, 0, cpu.stopReason());
            };
        }
        if (!outcome.resumable()) {
            board.com1.drain();
            board.com2.drain();
        }
        return outcome;
    }

    private void resetRequested() {
        resetAsked = true;
        cpu.requestStop();
    }

    /** The reset line: CPU and devices as after power-on, memory and time as they are. There is no firmware; load something next. */
    public void reset() {
        for (Resettable r : board.resettables()) {
            r.reset();
        }
        memory.setA20(true);
        cpu.reset();
    }

    /** Saves the state of every part, after letting happen what is due by now. */
    public void save(StateWriter out) {
        events.runDue(now());
        for (Stateful part : parts) {
            out.section(part.stateName());
            part.save(out);
        }
    }

    /**
     * Loads what {@link #save} wrote on a machine with the same {@link #fingerprint}. What was recorded at the input door after the saved
     * moment is forgotten.
     *
     * @throws org.orrery.cpu.state.StateException if it is something else; this machine is then of no use any more
     */
    public void load(StateReader in) {
        for (Stateful part : parts) {
            in.section(part.stateName());
            part.load(in);
        }
        resetAsked = false;
        input.rewind();
    }

    /** A hash of the whole state: equal on every host for equal machines at equal points of equal runs. */
    public String stateHash() {
        StateWriter out = new StateWriter();
        save(out);
        return sha256(out.toByteArray());
    }

    /** Machines with equal fingerprints can load each other's state. */
    public String fingerprint() {
        String values = profile.clockHz() + " " + profile.cpu() + " " + profile.uncached() + " " + profile.devices()
                + " " + memory.size();
        return sha256(values.getBytes(StandardCharsets.UTF_8));
    }

    /** The kind of machine for people: profile and memory size. */
    public String description() {
        return profile.name() + " with " + MemorySize.format(memory.size());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
