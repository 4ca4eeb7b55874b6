package org.orrery.pc.bus;

import org.orrery.cpu.PortBus;

/** The 64 KB of I/O ports. A port nobody answers reads as all ones, and what is written to it is lost. */
public final class PortSpace implements PortBus {
    private static final int PORTS = 0x10000;
    private static final PortDevice NOBODY = new PortDevice() {
        @Override
        public int in(int port) {
            return 0xFF;
        }

        @Override
        public void out(int port, int value) {}

        @Override
        public int peek(int port) {
            return 0xFF;
        }
    };

    private final PortDevice[] devices = new PortDevice[PORTS];

    public PortSpace() {
        java.util.Arrays.fill(devices, NOBODY);
    }

    /**
     * Puts a device at the ports {@code first} to {@code last}.
     *
     * @throws IllegalStateException if another device is there already
     */
    public void attach(int first, int last, PortDevice device) {
        for (int port = first; port <= last; port++) {
            if (devices[port] != NOBODY) {
                throw new IllegalStateException(String.format("port %Xh is already taken", port));
            }
            devices[port] = device;
        }
    }

    @Override
    public int read(int port, int size) {
        int value = 0;
        for (int i = 0; i < size; i++) {
            int p = port + i & PORTS - 1;
            value |= (devices[p].in(p) & 0xFF) << 8 * i;
        }
        return value;
    }

    @Override
    public void write(int port, int size, int value) {
        for (int i = 0; i < size; i++) {
            int p = port + i & PORTS - 1;
            devices[p].out(p, value >>> 8 * i & 0xFF);
        }
    }

    /** What a byte read of the port would return, without side effects. */
    public int peek(int port) {
        return devices[port].peek(port) & 0xFF;
    }
}
