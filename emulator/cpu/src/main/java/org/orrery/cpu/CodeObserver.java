package org.orrery.cpu;

/** Is told when a physical page that holds decoded code changes. */
@FunctionalInterface
interface CodeObserver {
    /** The bytes from {@code physical} on, {@code size} of them, all in one page, are about to change. */
    void codeChanged(int physical, int size);
}
