package org.orrery.debugger.ipc;

/** EAX of an IPC: all ones for no send, else a message address in bits 31 to 2 (0: registers only), map in bit 1, deceive in bit 0. */
public record SendDescriptor(int word) {
    public boolean present() {
        return word != -1;
    }

    /** Linear address of the message in memory, 0 if it is in registers only. */
    public int message() {
        return word & ~3;
    }

    /** The message carries fpages. */
    public boolean map() {
        return present() && (word & 2) != 0;
    }

    /** A chief names another source. */
    public boolean deceive() {
        return present() && (word & 1) != 0;
    }

    @Override
    public String toString() {
        if (!present()) {
            return "none";
        }
        String where = message() == 0 ? "registers" : String.format("message at %08x", message());
        return where + (map() ? ", maps" : "") + (deceive() ? ", deceives" : "");
    }
}
