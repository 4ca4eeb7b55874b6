package org.orrery.pc.device;

import java.util.function.IntConsumer;
import org.orrery.pc.bus.PortDevice;

/** The console port of Bochs: a byte written is shown, and a read returns E9h, by which a guest knows that it is there. */
public final class DebugConsole implements PortDevice {
    public static final int PORT = 0xE9;

    private final IntConsumer sink;

    public DebugConsole(IntConsumer sink) {
        this.sink = sink;
    }

    @Override
    public int in(int port) {
        return PORT;
    }

    @Override
    public int peek(int port) {
        return PORT;
    }

    @Override
    public void out(int port, int value) {
        sink.accept(value);
    }
}
