package org.orrery.pc.device;

import org.orrery.cpu.Cpu;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;
import org.orrery.pc.bus.InterruptLine;
import org.orrery.pc.bus.PortDevice;
import org.orrery.pc.bus.Resettable;

/**
 * The AT's latch for x87 errors: the rise of FERR# raises IRQ 13, a write to port F0h lowers it and, while the error is still there, asserts
 * IGNNE# so that the handler can use the x87 to clear it. IGNNE# falls with FERR#.
 */
public final class NumericErrorLatch implements PortDevice, Stateful, Resettable {
    public static final int PORT = 0xF0;

    private final Cpu cpu;
    private final InterruptLine interrupt;
    private boolean error;
    private boolean ignored;

    public NumericErrorLatch(Cpu cpu, InterruptLine interrupt) {
        this.cpu = cpu;
        this.interrupt = interrupt;
        cpu.connectNumericError(this::errorPin);
    }

    private void errorPin(boolean high) {
        if (high && !error) {
            interrupt.set(true);
        }
        error = high;
        if (!high) {
            ignore(false);
        }
    }

    private void ignore(boolean active) {
        ignored = active;
        cpu.setIgnoreNumericError(active);
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
        interrupt.set(false);
        ignore(error);
    }

    @Override
    public void reset() {
        interrupt.set(false);
        error = false;
        ignore(false);
    }

    @Override
    public String stateName() {
        return "numeric error";
    }

    @Override
    public void save(StateWriter out) {
        out.put("error", error);
        out.put("ignored", ignored);
    }

    @Override
    public void load(StateReader in) {
        error = in.getBoolean("error");
        ignore(in.getBoolean("ignored"));
    }
}
