package org.orrery.cpu;

import org.orrery.isa.Clock;
import org.orrery.isa.Form;

/** Port I/O and who may do it: CPL at most IOPL, or the I/O permission map of the TSS. */
final class PortOps {
    private static final int MAP_BASE = 0x66;
    private static final int FIRST_486_TSS = 9;

    private final Core c;

    PortOps(Core core) {
        c = core;
    }

    void in(Uop u) {
        int port = port(u);
        authorize(u.form, port, u.bits >> 3);
        c.setReg(Cpu.EAX, u.bits, read(port, u.bits >> 3));
    }

    void out(Uop u) {
        int port = port(u);
        authorize(u.form, port, u.bits >> 3);
        c.mmu.bus.port(c.ports.waitClocks(port, u.bits >> 3));
        c.ports.write(port, u.bits >> 3, c.reg(Cpu.EAX, u.bits));
        c.leaveLoop();
    }

    /** The immediate port, or DX. */
    private int port(Uop u) {
        return u.sub == 1 ? u.imm & 0xFF : r16(Cpu.EDX);
    }

    private int r16(int n) {
        return c.r[n] & 0xFFFF;
    }

    /** Reads the port in DX for INS; the caller has authorized it. */
    int read(int bits) {
        return read(r16(Cpu.EDX), bits >> 3);
    }

    /** The cycle of a port takes its time before the device is asked. */
    private int read(int port, int size) {
        c.leaveLoop();
        c.mmu.bus.port(c.ports.waitClocks(port, size));
        return c.ports.read(port, size);
    }

    /** Writes the port in DX for OUTS, with REP through the write buffers. */
    void write(Uop u, int value) {
        int port = r16(Cpu.EDX);
        int size = u.bits >> 3;
        c.leaveLoop();
        if (u.rep == 0) {
            c.mmu.bus.port(c.ports.waitClocks(port, size));
        } else {
            c.mmu.bus.bufferedPort(c.ports.waitClocks(port, size));
        }
        c.ports.write(port, size, value);
    }

    /** INS and OUTS, which take their clocks by privilege and, with REP, by other figures. */
    void authorizeString(Uop u) {
        if (u.rep == 0) {
            authorize(u.form, r16(Cpu.EDX), u.bits >> 3);
        } else {
            authorize(
                    u.form,
                    r16(Cpu.EDX),
                    u.bits >> 3,
                    Clock.REP_REAL,
                    Clock.REP_V86,
                    Clock.REP_PROTECTED,
                    Clock.REP_PROTECTED_MAP);
        }
    }

    private void authorize(Form form, int port, int size) {
        authorize(form, port, size, Clock.REAL, Clock.V86, Clock.PROTECTED, Clock.PROTECTED_MAP);
    }

    private void authorize(Form form, int port, int size, Clock real, Clock virtual, Clock direct, Clock mapped) {
        if (c.v86()) {
            c.charge(form, virtual);
            checkMap(port, size);
        } else if (!c.protection()) {
            c.charge(form, real);
        } else if (c.cpl <= c.flags.iopl()) {
            c.charge(form, direct);
        } else {
            c.charge(form, mapped);
            checkMap(port, size);
        }
    }

    private void checkMap(int port, int size) {
        int rights = c.seg.rights[Segments.TR];
        int limit = c.seg.limit[Segments.TR];
        if ((rights & 0xF) < FIRST_486_TSS || limit < MAP_BASE + 1) {
            throw c.general(0);
        }
        int base = c.seg.base[Segments.TR];
        int map = c.mmu.systemRead16(base + MAP_BASE) + (port >> 3);
        if (map + 1 > limit) {
            throw c.general(0);
        }
        int bits = c.mmu.systemRead16(base + map) >>> (port & 7);
        if ((bits & (1 << size) - 1) != 0) {
            throw c.general(0);
        }
    }
}
