package org.orrery.pc.bus;

/** A device that the board's RESET line reaches. */
public interface Resettable {
    /** Returns to the state after power-on; time goes on. */
    void reset();
}
