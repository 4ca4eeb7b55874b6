package org.orrery.pc.device;

import org.orrery.cpu.EventQueue;
import org.orrery.cpu.Ledger;
import org.orrery.cpu.PhysicalMemory;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;
import org.orrery.pc.bus.InterruptLine;
import org.orrery.pc.bus.PortDevice;
import org.orrery.pc.bus.Resettable;

/**
 * The 8042 keyboard controller with the keyboard behind it, and port 92h, which shares its two outputs: the A20 gate and the reset line.
 * Replies of the controller are there at once; bytes of the keyboard take the time of the wire. Scan codes are those of set 1, as after
 * the controller's translation. There is no mouse. Sources: IBM PS/2 hardware interface technical reference, "Keyboard and auxiliary
 * device controller"; IBM AT technical reference.
 */
public final class KeyboardController implements PortDevice, Resettable, Stateful {
    public static final int DATA = 0x60;
    public static final int COMMAND = 0x64;
    public static final int FAST = 0x92;

    /** A frame of 11 bits at 12.5 kHz, the middle of the 10 to 16.7 kHz that the reference allows: inferred. */
    private static final int FRAME_MICROSECONDS = 880;

    private static final int STATUS_FULL = 1;
    private static final int STATUS_SYSTEM = 4;
    private static final int STATUS_COMMAND = 8;
    private static final int STATUS_UNLOCKED = 0x10;
    private static final int CB_INTERRUPT = 1;
    private static final int CB_SYSTEM = 4;
    private static final int CB_KEYBOARD_OFF = 0x10;
    /** Interrupt on, self-test passed, no auxiliary device, translation: what firmware leaves. */
    private static final int POWER_ON_COMMAND_BYTE = 0x65;

    private static final int OUTPUT_RESET = 1;
    private static final int OUTPUT_A20 = 2;
    /** Reset line high and the two lines to the keyboard idle. */
    private static final int OUTPUT_IDLE = 0xCD;
    /** Not locked, colour display, and the jumpers of a 256 KB board. */
    private static final int INPUT_PORT = 0xB0;

    private final PhysicalMemory memory;
    private final Ledger clock;
    private final long frameCycles;
    private final InterruptLine irq;
    private final Runnable resetLine;
    private final EventQueue events;
    private final int event;

    private final ByteQueue fromKeyboard = new ByteQueue();
    private final Keyboard keyboard = new Keyboard(fromKeyboard);
    private int commandByte;
    private int buffer;
    private boolean full;
    private boolean lastWasCommand;
    /** The controller command whose parameter the next byte at port 60h is, 0 if that byte goes to the keyboard. */
    private int pendingCommand;
    /** When the keyboard's next byte has come through the wire, as a CPU cycle. */
    private long arrival;

    /** @param resetLine what a pulse on the reset output does */
    public KeyboardController(
            PhysicalMemory memory, Ledger clock, long cpuHz, InterruptLine irq, EventQueue events, Runnable resetLine) {
        this.memory = memory;
        this.clock = clock;
        this.irq = irq;
        this.events = events;
        this.resetLine = resetLine;
        frameCycles = cpuHz * FRAME_MICROSECONDS / 1_000_000;
        event = events.register(now -> advance());
        reset();
    }

    @Override
    public void reset() {
        commandByte = POWER_ON_COMMAND_BYTE;
        full = false;
        lastWasCommand = false;
        pendingCommand = 0;
        arrival = EventQueue.NEVER;
        fromKeyboard.clear();
        keyboard.reset();
        update();
    }

    /** Keys pressed or released, as scan codes of set 1. */
    public void type(byte[] scanCodes) {
        fromKeyboard.addAll(scanCodes);
        update();
    }

    private void advance() {
        if (arrival <= clock.now()) {
            arrival = EventQueue.NEVER;
            answer(fromKeyboard.remove());
        }
        update();
    }

    /** Starts the keyboard's next byte on its way if there is room for it, and drives interrupt line and event. */
    private void update() {
        boolean waiting = full || (commandByte & CB_KEYBOARD_OFF) != 0 || fromKeyboard.isEmpty();
        if (waiting) {
            arrival = EventQueue.NEVER;
        } else if (arrival == EventQueue.NEVER) {
            arrival = clock.now() + frameCycles;
        }
        irq.set(full && (commandByte & CB_INTERRUPT) != 0);
        events.schedule(event, arrival);
    }

    private void answer(int value) {
        buffer = value;
        full = true;
    }

    @Override
    public int in(int port) {
        advance();
        int value = peek(port);
        if (port == DATA) {
            full = false;
            update();
        }
        return value;
    }

    @Override
    public int peek(int port) {
        return switch (port) {
            case DATA -> buffer;
            case FAST -> memory.a20() ? OUTPUT_A20 : 0;
            default ->
                (full ? STATUS_FULL : 0)
                        | ((commandByte & CB_SYSTEM) != 0 ? STATUS_SYSTEM : 0)
                        | (lastWasCommand ? STATUS_COMMAND : 0)
                        | STATUS_UNLOCKED;
        };
    }

    @Override
    public void out(int port, int value) {
        advance();
        switch (port) {
            case DATA -> data(value);
            case FAST -> {
                memory.setA20((value & OUTPUT_A20) != 0);
                if ((value & OUTPUT_RESET) != 0) {
                    resetLine.run();
                }
            }
            default -> command(value);
        }
        update();
    }

    private void data(int value) {
        lastWasCommand = false;
        int command = pendingCommand;
        pendingCommand = 0;
        switch (command) {
            case 0x60 -> commandByte = value;
            case 0xD1 -> writeOutputPort(value);
            case 0xD2 -> answer(value);
            case 0 -> {
                commandByte &= ~CB_KEYBOARD_OFF;
                keyboard.command(value);
            }
            default -> {} // the parameter of a command to the mouse that is not there
        }
    }

    private void command(int value) {
        lastWasCommand = true;
        pendingCommand = 0;
        switch (value) {
            case 0x20 -> answer(commandByte);
            case 0x60, 0xD1, 0xD2, 0xD3, 0xD4 -> pendingCommand = value;
            case 0xAA -> answer(0x55);
            case 0xAB -> answer(0);
            case 0xA9 -> answer(0xFF);
            case 0xAD -> commandByte |= CB_KEYBOARD_OFF;
            case 0xAE -> commandByte &= ~CB_KEYBOARD_OFF;
            case 0xC0 -> answer(INPUT_PORT);
            case 0xD0 -> answer(OUTPUT_IDLE & ~OUTPUT_A20 | (memory.a20() ? OUTPUT_A20 : 0));
            case 0xDD -> memory.setA20(false);
            case 0xDF -> memory.setA20(true);
            case 0xE0 -> answer(0);
            default -> pulse(value);
        }
    }

    /** Commands F0h to FFh pull those of the low four outputs down whose bits are 0; only reset is wired to something that minds. */
    private void pulse(int value) {
        if (value >= 0xF0 && (value & OUTPUT_RESET) == 0) {
            resetLine.run();
        }
    }

    private void writeOutputPort(int value) {
        memory.setA20((value & OUTPUT_A20) != 0);
        if ((value & OUTPUT_RESET) == 0) {
            resetLine.run();
        }
    }

    @Override
    public String stateName() {
        return "keyboard";
    }

    @Override
    public void save(StateWriter out) {
        out.putInts("registers", new int[] {commandByte, buffer, pendingCommand});
        out.put("full", full);
        out.put("lastWasCommand", lastWasCommand);
        out.put("arrival", arrival);
        out.putBytes("queue", fromKeyboard.toArray());
        keyboard.save(out);
    }

    @Override
    public void load(StateReader in) {
        int[] r = new int[3];
        in.getInts("registers", r);
        commandByte = r[0];
        buffer = r[1];
        pendingCommand = r[2];
        full = in.getBoolean("full");
        lastWasCommand = in.getBoolean("lastWasCommand");
        arrival = in.getLong("arrival");
        fromKeyboard.set(in.getBytes("queue"));
        keyboard.load(in);
    }
}
