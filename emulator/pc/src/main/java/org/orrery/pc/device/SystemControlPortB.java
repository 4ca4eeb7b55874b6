package org.orrery.pc.device;

import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;
import org.orrery.pc.bus.Oscillator;
import org.orrery.pc.bus.PortDevice;
import org.orrery.pc.bus.Resettable;

/** Port 61h: gate and output of timer counter 2, the speaker, and the bit that toggles with each refresh. */
public final class SystemControlPortB implements PortDevice, Resettable, Stateful {
    public static final int PORT = 0x61;

    private static final int GATE2 = 1;
    private static final int WRITABLE = 0x0F;
    private static final int REFRESH = 0x10;
    private static final int OUT2 = 0x20;
    /** Timer ticks between two refreshes, 15.09 microseconds: the AT's. */
    private static final int REFRESH_TICKS = 18;

    private final Timer timer;
    private final Oscillator timerClock;
    private int control;

    public SystemControlPortB(Timer timer, Oscillator timerClock) {
        this.timer = timer;
        this.timerClock = timerClock;
    }

    @Override
    public void reset() {
        out(PORT, 0);
    }

    @Override
    public int in(int port) {
        return peek(port);
    }

    @Override
    public int peek(int port) {
        boolean refresh = (timerClock.now() / REFRESH_TICKS & 1) != 0;
        return control | (refresh ? REFRESH : 0) | (timer.out2() ? OUT2 : 0);
    }

    @Override
    public void out(int port, int value) {
        control = value & WRITABLE;
        timer.setGate2((value & GATE2) != 0);
    }

    @Override
    public String stateName() {
        return "port61";
    }

    @Override
    public void save(StateWriter out) {
        out.put("control", control);
    }

    @Override
    public void load(StateReader in) {
        control = in.getInt("control");
    }
}
