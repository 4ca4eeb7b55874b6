package org.orrery.cpu;

/** What the CPU's IN and OUT reach. Sizes are 1, 2 or 4 bytes; a port nobody answers reads as all ones. */
public interface PortBus {
    int read(int port, int size);

    void write(int port, int size, int value);

    /** CPU clocks that the bus cycles of an access take beyond the one without wait states that the clock table's figures contain. */
    default int waitClocks(int port, int size) {
        return 0;
    }
}
