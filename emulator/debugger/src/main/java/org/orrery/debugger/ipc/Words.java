package org.orrery.debugger.ipc;

/** The two words of a message that travel in EDX and EBX. */
public record Words(int w0, int w1) {
    /** Both in hexadecimal, and as characters in the order in which they lie in memory: {@code 6c6c6548 0000006f "Hello..."}. */
    @Override
    public String toString() {
        return String.format("%08x %08x \"%s%s\"", w0, w1, characters(w0), characters(w1));
    }

    private static String characters(int word) {
        StringBuilder text = new StringBuilder();
        for (int shift = 0; shift < 32; shift += 8) {
            int c = word >>> shift & 0xFF;
            text.append(c >= ' ' && c < 0x7F ? (char) c : '.');
        }
        return text.toString();
    }
}
