package org.orrery.pc.profile;

/**
 * How long devices take, in clocks of the ISA bus, which all of them are on or behind; part of a machine profile.
 *
 * @param isaHz clocks of the ISA bus in a second
 * @param isaPort an 8-bit access to a port on the ISA bus
 * @param chipsetPort an 8-bit access to a port of the chip set: interrupt controllers, timers, keyboard controller, clock
 * @param vgaRead a read of display memory, 16 bits wide
 * @param vgaWrite a write to display memory, 16 bits wide
 */
public record DeviceTimes(int isaHz, int isaPort, int chipsetPort, int vgaRead, int vgaWrite) {
    /** CPU clocks that some clocks of the ISA bus last, rounded up. */
    public int cpuClocks(int isaClocks, long cpuHz) {
        return (int) ((isaClocks * cpuHz + isaHz - 1) / isaHz);
    }
}
