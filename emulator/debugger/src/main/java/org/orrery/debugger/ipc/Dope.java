package org.orrery.debugger.ipc;

/**
 * A message dope, low bit first: {@code deceived:1, fpage:1, redirected:1, source_inside:1, error:4, strings:5, dwords:19}. In EAX it is
 * what an IPC returns.
 */
public record Dope(int word) {
    public boolean deceived() {
        return (word & 1) != 0;
    }

    /** A mapping was received. */
    public boolean fpage() {
        return (word & 2) != 0;
    }

    public boolean redirected() {
        return (word & 4) != 0;
    }

    public boolean sourceInside() {
        return (word & 8) != 0;
    }

    public IpcError error() {
        return IpcError.of(word >>> 4);
    }

    public int strings() {
        return word >>> 8 & 0x1F;
    }

    /** Dwords of direct data beyond those in registers, as the kernel counts them. */
    public int dwords() {
        return word >>> 13;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(error().toString());
        if (dwords() > 0) {
            text.append(", ").append(dwords()).append(" dwords");
        }
        if (strings() > 0) {
            text.append(", ").append(strings()).append(strings() == 1 ? " string" : " strings");
        }
        text.append(fpage() ? ", fpage received" : "").append(deceived() ? ", deceived" : "");
        return text.append(redirected() ? ", redirected" : "")
                .append(sourceInside() ? ", source inside" : "")
                .toString();
    }
}
