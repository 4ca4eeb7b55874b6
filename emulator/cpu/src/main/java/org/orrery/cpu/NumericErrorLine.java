package org.orrery.cpu;

/** Who hears of the FERR# pin: on a PC, interrupt 13 of the second interrupt controller. */
@FunctionalInterface
public interface NumericErrorLine {
    /** The pin changes to this level; high means that an error waits to be handled. */
    void set(boolean high);
}
