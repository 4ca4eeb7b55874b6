package org.orrery.pc.bus;

/**
 * A device with byte-wide I/O ports. Port numbers are absolute, values are 0 to 255; wider accesses arrive as several byte accesses to
 * consecutive ports, lowest first, as on the ISA bus.
 */
public interface PortDevice {
    int in(int port);

    void out(int port, int value);

    /** What {@link #in} would return, without its side effects; for debuggers. */
    int peek(int port);
}
