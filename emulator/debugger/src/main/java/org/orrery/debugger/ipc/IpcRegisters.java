package org.orrery.debugger.ipc;

import org.orrery.cpu.Cpu;

/** The registers that an IPC of L4 Version 2 takes and returns its values in. */
record IpcRegisters(int eax, int ecx, int edx, int ebx, int ebp, int esi, int edi) {
    static IpcRegisters of(Cpu cpu) {
        return new IpcRegisters(
                cpu.register(Cpu.EAX),
                cpu.register(Cpu.ECX),
                cpu.register(Cpu.EDX),
                cpu.register(Cpu.EBX),
                cpu.register(Cpu.EBP),
                cpu.register(Cpu.ESI),
                cpu.register(Cpu.EDI));
    }

    ThreadId partner() {
        return new ThreadId(esi, edi);
    }

    Words words() {
        return new Words(edx, ebx);
    }
}
