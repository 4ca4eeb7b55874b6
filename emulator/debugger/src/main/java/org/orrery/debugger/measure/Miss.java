package org.orrery.debugger.measure;

/**
 * A TLB entry or a cache line that an instruction had to bring.
 *
 * @param kind which of the two
 * @param cycle after the instruction
 * @param address linear address of the page, or physical address of the line
 * @param instruction linear address of the instruction
 * @param phase of the instruction, by number
 */
public record Miss(Kind kind, long cycle, int address, int instruction, int phase) {
    /** What was missing. */
    public enum Kind {
        TLB("TLB miss, page"),
        CACHE("cache miss, line");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
