package org.orrery.cpu;

import org.orrery.isa.Clock;

/** Port I/O and who may do it: CPL at most IOPL, or the I/O permission map of the TSS. */
final class PortOps {
    private static final int MAP_BASE = 0x66;
    private static final int FIRST_486_TSS = 9;
    private static final int SHORT_TRAP = 50;
    private static final int LONG_TRAP = 51;

    private final Core c;

    PortOps(Core core) {
        c = core;
    }

    void in(Uop u) {
        int port = port(u);
        authorize(u, port);
        c.setReg(Cpu.EAX, u.bits, read(port, u.bits >> 3));
    }

    void out(Uop u) {
        int port = port(u);
        authorize(u, port);
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
            authorize(u, r16(Cpu.EDX));
        } else {
            authorize(u, r16(Cpu.EDX), Clock.REP_REAL, Clock.REP_V86, Clock.REP_PROTECTED, Clock.REP_PROTECTED_MAP);
        }
    }

    private void authorize(Uop u, int port) {
        authorize(u, port, Clock.REAL, Clock.V86, Clock.PROTECTED, Clock.PROTECTED_MAP);
    }

    private void authorize(Uop u, int port, Clock real, Clock virtual, Clock direct, Clock mapped) {
        int size = u.bits >> 3;
        if (c.v86()) {
            if (!permitted(port, size)) {
                throw c.general(0).taking(trap(u));
            }
            c.charge(u.form, virtual);
        } else if (!c.protection()) {
            c.charge(u.form, real);
        } else if (c.cpl <= c.flags.iopl()) {
            c.charge(u.form, direct);
        } else {
            c.charge(u.form, mapped);
            if (!permitted(port, size)) {
                throw c.general(0);
            }
        }
    }

    /** Clocks beyond INT of an access refused in virtual 8086 mode (recalled from Intel's clock table, unverified). */
    private static int trap(Uop u) {
        boolean throughDx = u.op != Op.PORT_STRING && u.sub != 1;
        return u.rep != 0 || throughDx ? LONG_TRAP : SHORT_TRAP;
    }

    /** Whether the permission map of the TSS allows all ports of an access. */
    private boolean permitted(int port, int size) {
        int rights = c.seg.rights[Segments.TR];
        int limit = c.seg.limit[Segments.TR];
        if ((rights & 0xF) < FIRST_486_TSS || limit < MAP_BASE + 1) {
            return false;
        }
        int base = c.seg.base[Segments.TR];
        int map = c.mmu.systemRead16(base + MAP_BASE) + (port >> 3);
        if (map + 1 > limit) {
            return false;
        }
        int bits = c.mmu.systemRead16(base + map) >>> (port & 7);
        return (bits & (1 << size) - 1) == 0;
    }
}
