package org.orrery.pc.device;

import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;
import org.orrery.pc.bus.PortDevice;

/** The POST code display: keeps the last byte written. Guests also write here to pass a little time. */
public final class PostPort implements PortDevice, Stateful {
    public static final int PORT = 0x80;

    private int value;

    @Override
    public int in(int port) {
        return value;
    }

    @Override
    public int peek(int port) {
        return value;
    }

    @Override
    public void out(int port, int v) {
        value = v;
    }

    @Override
    public String stateName() {
        return "post";
    }

    @Override
    public void save(StateWriter out) {
        out.put("value", value);
    }

    @Override
    public void load(StateReader in) {
        value = in.getInt("value");
    }
}
