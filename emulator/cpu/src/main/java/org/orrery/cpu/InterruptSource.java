package org.orrery.cpu;

/** The interrupt controller as the CPU sees it: the two INTA cycles. The INTR line itself is {@link Cpu#setIntr}. */
public interface InterruptSource {
    /** Acknowledges the interrupt that holds INTR and returns its vector, 0 to 255. */
    int acknowledge();

    /** CPU clocks that the two INTA cycles take beyond two without wait states, which the clock table's figure of INTR contains. */
    default int waitClocks() {
        return 0;
    }
}
