package org.orrery.pc.device;

import java.util.OptionalInt;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;
import org.orrery.pc.bus.PortDevice;

/** A byte written to its port ends the run and becomes the exit status. */
public final class ExitDevice implements PortDevice, Stateful {
    /** Where QEMU's isa-debug-exit is put by custom. */
    public static final int PORT = 0xF4;

    private static final int NONE = -1;

    private final boolean qemu;
    private final Runnable stop;
    private int status = NONE;

    /**
     * @param qemu whether the status is QEMU's {@code (value << 1) | 1} instead of the value
     * @param stop ends the run at the next instruction boundary
     */
    public ExitDevice(boolean qemu, Runnable stop) {
        this.qemu = qemu;
        this.stop = stop;
    }

    /** The status that the guest asked to exit with since the last call, if it did. */
    public OptionalInt takeStatus() {
        OptionalInt taken = status == NONE ? OptionalInt.empty() : OptionalInt.of(status);
        status = NONE;
        return taken;
    }

    @Override
    public int in(int port) {
        return 0xFF;
    }

    @Override
    public int peek(int port) {
        return 0xFF;
    }

    @Override
    public void out(int port, int value) {
        status = qemu ? value << 1 | 1 : value;
        stop.run();
    }

    @Override
    public String stateName() {
        return "exit";
    }

    @Override
    public void save(StateWriter out) {
        out.put("status", status);
    }

    @Override
    public void load(StateReader in) {
        status = in.getInt("status");
    }
}
