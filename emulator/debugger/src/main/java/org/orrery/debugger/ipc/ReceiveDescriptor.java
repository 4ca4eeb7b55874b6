package org.orrery.debugger.ipc;

/**
 * EBP of an IPC: all ones for no receive; bit 0 set receives from anybody; with bit 1 the rest is the fpage into which the receiver
 * accepts a mapping, without it the address of a message buffer (0: registers only).
 */
public record ReceiveDescriptor(int word) {
    public boolean present() {
        return word != -1;
    }

    /** Receives from anybody, not only from the partner. */
    public boolean open() {
        return present() && (word & 1) != 0;
    }

    /** Accepts a mapping in register form. */
    public boolean accepts() {
        return present() && (word & 2) != 0;
    }

    /** The window for a mapping. */
    public Fpage window() {
        return new Fpage(word & ~3);
    }

    /** Linear address of the receive buffer, 0 for registers only. */
    public int buffer() {
        return accepts() ? 0 : word & ~3;
    }

    @Override
    public String toString() {
        if (!present()) {
            return "none";
        }
        String from = open() ? "from anybody" : "from the partner";
        if (accepts()) {
            return from + ", accepts a mapping into " + window().window();
        }
        return buffer() == 0 ? from : from + String.format(", buffer at %08x", buffer());
    }
}
