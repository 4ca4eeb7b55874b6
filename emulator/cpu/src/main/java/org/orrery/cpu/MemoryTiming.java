package org.orrery.cpu;

/**
 * How long the memory of a board takes, in bus clocks; part of a machine profile.
 *
 * @param firstRead the first transfer of a read from DRAM whose row is open
 * @param nextRead each further transfer of a burst from DRAM
 * @param write a write to DRAM whose row is open
 * @param rowBytes size of a DRAM row, a power of two
 * @param rowMiss what a read or write takes more if another row is open
 * @param externalBytes size of the external cache, a power of two; 0 for none
 * @param externalFirstRead the first transfer of a read that hits the external cache
 * @param externalNextRead each further transfer of such a burst
 * @param externalWrite a write that hits the external cache
 */
public record MemoryTiming(
        int firstRead,
        int nextRead,
        int write,
        int rowBytes,
        int rowMiss,
        int externalBytes,
        int externalFirstRead,
        int externalNextRead,
        int externalWrite) {
    /** The bus without wait states that Intel's clock table assumes: 2-1-2. Source: {@code penalties.md} section 1. */
    public static final MemoryTiming ZERO_WAIT = new MemoryTiming(2, 1, 2, 4096, 0, 0, 2, 1, 2);
}
