package org.orrery.pc.device;

import org.orrery.cpu.EventQueue;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;
import org.orrery.pc.bus.InterruptLine;
import org.orrery.pc.bus.Oscillator;
import org.orrery.pc.bus.PortDevice;
import org.orrery.pc.bus.Resettable;

/**
 * The 8254 of an AT. Counter 0 drives interrupt 0, counter 1 paces the refresh, counter 2 has its gate and output at port 61h. What a
 * guest reads is computed from the clock; events are only for the edges of counter 0.
 */
public final class Timer implements PortDevice, Resettable, Stateful {
    /** The colour-burst crystal times four, in Hz, divided by twelve: 1,193,181.67 Hz. */
    public static final long CRYSTAL_HZ = 14_318_180;

    public static final long CRYSTAL_DIVIDER = 12;
    public static final int FIRST_PORT = 0x40;
    public static final int LAST_PORT = 0x43;

    private static final int CONTROL = 3;

    private final Oscillator clock;
    private final InterruptLine irq;
    private final EventQueue events;
    private final int event;
    private final TimerChannel[] channels = new TimerChannel[3];

    /** @param clock the counters' input */
    public Timer(Oscillator clock, InterruptLine irq, EventQueue events) {
        this.clock = clock;
        this.irq = irq;
        this.events = events;
        event = events.register(now -> update());
        reset();
    }

    @Override
    public void reset() {
        for (int i = 0; i < channels.length; i++) {
            channels[i] = new TimerChannel("counter" + i, i != 2);
        }
        update();
    }

    /** Brings the counters up to now and lets counter 0 show every edge of its output. */
    private void advance() {
        long now = clock.now();
        for (long change = channels[0].nextChange(); change <= now; change = channels[0].nextChange()) {
            channels[0].advance(change);
            irq.set(channels[0].out());
        }
        for (TimerChannel c : channels) {
            c.advance(now);
        }
    }

    private void update() {
        advance();
        irq.set(channels[0].out());
        events.schedule(event, clock.cycleOf(channels[0].nextChange()));
    }

    /** The gate input of counter 2. */
    void setGate2(boolean high) {
        advance();
        channels[2].setGate(high);
    }

    /** The output of counter 2. */
    boolean out2() {
        advance();
        return channels[2].out();
    }

    @Override
    public int in(int port) {
        advance();
        int number = port - FIRST_PORT;
        return number == CONTROL ? 0xFF : channels[number].read();
    }

    @Override
    public int peek(int port) {
        advance();
        int number = port - FIRST_PORT;
        return number == CONTROL ? 0xFF : channels[number].peek();
    }

    @Override
    public void out(int port, int value) {
        advance();
        int number = port - FIRST_PORT;
        if (number != CONTROL) {
            channels[number].write(value);
        } else if (value >> 6 == 3) {
            readBack(value);
        } else if ((value & 0x30) == 0) {
            channels[value >> 6].latchCount();
        } else {
            channels[value >> 6].control(value);
        }
        update();
    }

    private void readBack(int value) {
        for (int i = 0; i < channels.length; i++) {
            if ((value & 2 << i) != 0) {
                if ((value & 0x20) == 0) {
                    channels[i].latchCount();
                }
                if ((value & 0x10) == 0) {
                    channels[i].latchStatus();
                }
            }
        }
    }

    @Override
    public String stateName() {
        return "timer";
    }

    @Override
    public void save(StateWriter out) {
        advance();
        for (TimerChannel c : channels) {
            c.save(out);
        }
    }

    @Override
    public void load(StateReader in) {
        for (TimerChannel c : channels) {
            c.load(in);
        }
    }
}
