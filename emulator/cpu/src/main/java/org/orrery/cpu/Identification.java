package org.orrery.cpu;

import org.orrery.isa.Clock;

/** CPUID, as the SL-enhanced parts have it: functions 0 and 1. Source: Intel AP-485. */
final class Identification {
    private static final int LAST_FUNCTION = 1;
    private static final int FPU = 1;
    /** GenuineIntel. */
    private static final int GENU = 0x756E6547;

    private static final int INEI = 0x49656E69;
    private static final int NTEL = 0x6C65746E;

    private final Core c;

    Identification(Core core) {
        c = core;
    }

    /** Functions beyond the last give zeros (inferred: Intel leaves them undefined). */
    void execute(Uop u) {
        CpuConfig config = c.config;
        if (!config.cpuid()) {
            throw c.undefined();
        }
        int function = c.r[Cpu.EAX];
        switch (function) {
            case 0 -> answer(LAST_FUNCTION, GENU, NTEL, INEI);
            case 1 -> answer(config.signature(), 0, 0, config.fpu() ? FPU : 0);
            default -> answer(0, 0, 0, 0);
        }
        if (function == 1) {
            c.ledger.charge(Cause.EXECUTE, u.form.clocks(Clock.MOST) - u.form.clocks(Clock.R));
        }
    }

    private void answer(int eax, int ebx, int ecx, int edx) {
        c.r[Cpu.EAX] = eax;
        c.r[Cpu.EBX] = ebx;
        c.r[Cpu.ECX] = ecx;
        c.r[Cpu.EDX] = edx;
    }
}
