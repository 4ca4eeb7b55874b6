package org.orrery.isa;

/** Names addresses in disassembled code. */
@FunctionalInterface
public interface SymbolNamer {
    /**
     * The name to print for an address, for instance {@code schedule} or {@code table+0x4}.
     *
     * @param address as the code uses it: an offset in its segment
     * @return null to print the number
     */
    String nameOf(int address);
}
