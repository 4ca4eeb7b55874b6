package org.orrery.cpu;

/**
 * What distinguishes one CPU and its board from another, as far as the CPU feels it. Part of a machine profile.
 *
 * @param name as printed on the chip, for instance {@code i486DX}
 * @param fpu whether there is an x87 on the chip
 * @param signature EDX after reset: family, model, stepping
 * @param cpuid whether the part has CPUID, and with it EFLAGS.ID
 * @param clockRatio CPU clocks for each bus clock: 1 for a DX, 2 for a DX2
 * @param cacheBytes size of the on-chip cache, a power of two of at least 64 bytes for each way; 0 for none
 * @param cacheWays ways of its sets: 1, 2 or 4
 * @param memory what answers on the bus
 * @param taggedTlb what-if: TLB entries survive a load of CR3 of another address space
 * @param freeSegments what-if: what loads segment registers (interrupts, far transfers and returns among them) takes the clocks that it takes
 *     in real mode, where no descriptor is read and checked
 */
public record CpuConfig(
        String name,
        boolean fpu,
        int signature,
        boolean cpuid,
        int clockRatio,
        int cacheBytes,
        int cacheWays,
        MemoryTiming memory,
        boolean taggedTlb,
        boolean freeSegments) {}
