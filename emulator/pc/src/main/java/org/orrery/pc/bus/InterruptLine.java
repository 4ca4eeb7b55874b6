package org.orrery.pc.bus;

/** A wire from a device to an interrupt controller's input. */
@FunctionalInterface
public interface InterruptLine {
    void set(boolean high);
}
