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

    /** A bus cycle without wait states, in CPU clocks: what the CPU's own figures contain. */
    private static final int ZERO_WAIT_CYCLE = 2;

    private final PortDevice[] devices = new PortDevice[PORTS];
    /** CPU clocks of an access to a port, whether somebody answers or not. */
    private final int[] clocks = new int[PORTS];

    public PortSpace() {
        java.util.Arrays.fill(devices, NOBODY);
        java.util.Arrays.fill(clocks, ZERO_WAIT_CYCLE);
    }

    /** Says how many CPU clocks an access to one of the ports {@code first} to {@code last} takes. */
    public void setClocks(int first, int last, int cpuClocks) {
        java.util.Arrays.fill(clocks, first, last + 1, cpuClocks);
    }

    @Override
    public int waitClocks(int port, int size) {
        int sum = 0;
        for (int i = 0; i < size; i++) {
            sum += clocks[port + i & PORTS - 1];
        }
        return Math.max(0, sum - ZERO_WAIT_CYCLE);
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
