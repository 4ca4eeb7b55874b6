package org.orrery.cpu;

import org.orrery.isa.Clock;

/**
 * The string instructions, alone and with REP. A REP runs until its count is used up, its condition ends it, or the deadline has come: then
 * it leaves the instruction pointer on itself, so that interrupts are taken between iterations and it goes on where it was. After an
 * interrupt the set-up clocks are charged again (inferred: the chip restarts the instruction).
 */
final class StringOps {
    static final int MOVS = 0;
    static final int CMPS = 1;
    static final int STOS = 2;
    static final int LODS = 3;
    static final int SCAS = 4;
    static final int INS = 5;
    static final int OUTS = 6;

    private static final int REPNE = 0xF2;

    private final Core c;
    private final int[] r;
    private final PortOps ports;

    StringOps(Core core, PortOps ports) {
        c = core;
        r = core.r;
        this.ports = ports;
    }

    /** INS and OUTS: permission and clocks depend on the privilege level. */
    void executePort(Uop u) {
        ports.authorizeString(u);
        if (u.rep == 0) {
            iterate(u);
        } else if ((r[Cpu.ECX] & u.mask) != 0) {
            repeat(u, r[Cpu.ECX] & u.mask, u.form.clocks(Clock.PER_ITERATION));
        }
    }

    void execute(Uop u) {
        if (u.rep == 0) {
            iterate(u);
            return;
        }
        int count = r[Cpu.ECX] & u.mask;
        if (count == 0) {
            c.charge(u.form, Clock.REP_ZERO);
            return;
        }
        int one = u.form.clocks(Clock.REP_ONE);
        if (count == 1 && one >= 0) {
            c.ledger.charge(Cause.EXECUTE, one);
        } else {
            c.charge(u.form, Clock.REP);
        }
        repeat(u, count, count == 1 && one >= 0 ? 0 : u.form.clocks(Clock.PER_ITERATION));
    }

    /** Goes on with a REP that was left between iterations. */
    void resume(Uop u) {
        repeat(u, r[Cpu.ECX] & u.mask, u.form.clocks(Clock.PER_ITERATION));
    }

    /** Each iteration counts as an instruction; the first was counted when this one began. */
    private void repeat(Uop u, int count, int perIteration) {
        int left = count;
        while (true) {
            iterate(u);
            left--;
            r[Cpu.ECX] = r[Cpu.ECX] & ~u.mask | left;
            c.ledger.charge(Cause.EXECUTE, perIteration);
            if (left == 0 || ended(u)) {
                return;
            }
            if (c.ledger.now >= c.deadline) {
                c.leaveRepeat();
                return;
            }
            c.instructions++;
        }
    }

    private boolean ended(Uop u) {
        boolean compares = u.sub == CMPS || u.sub == SCAS;
        return compares && c.flags.zero() == (u.rep == REPNE);
    }

    private void iterate(Uop u) {
        switch (u.sub) {
            case MOVS -> {
                int value = c.read(u.seg, r[Cpu.ESI] & u.mask, u.bits);
                c.write(Cpu.ES, r[Cpu.EDI] & u.mask, u.bits, value);
                advance(Cpu.ESI, u);
                advance(Cpu.EDI, u);
            }
            case STOS -> {
                c.write(Cpu.ES, r[Cpu.EDI] & u.mask, u.bits, c.reg(Cpu.EAX, u.bits));
                advance(Cpu.EDI, u);
            }
            case LODS -> {
                c.setReg(Cpu.EAX, u.bits, c.read(u.seg, r[Cpu.ESI] & u.mask, u.bits));
                advance(Cpu.ESI, u);
            }
            case SCAS -> {
                int value = c.read(Cpu.ES, r[Cpu.EDI] & u.mask, u.bits);
                Alu.subtract(c.flags, c.reg(Cpu.EAX, u.bits), value, 0, u.shift);
                advance(Cpu.EDI, u);
            }
            case CMPS -> {
                int first = c.read(u.seg, r[Cpu.ESI] & u.mask, u.bits);
                int second = c.read(Cpu.ES, r[Cpu.EDI] & u.mask, u.bits);
                Alu.subtract(c.flags, first, second, 0, u.shift);
                advance(Cpu.ESI, u);
                advance(Cpu.EDI, u);
            }
            case INS -> {
                int at = r[Cpu.EDI] & u.mask;
                c.mmu.probeWrite(c.seg.writable(Cpu.ES, at, u.bits >> 3), u.bits >> 3);
                c.write(Cpu.ES, at, u.bits, ports.read(u.bits));
                advance(Cpu.EDI, u);
            }
            default -> {
                ports.write(u, c.read(u.seg, r[Cpu.ESI] & u.mask, u.bits));
                advance(Cpu.ESI, u);
            }
        }
    }

    private void advance(int register, Uop u) {
        int by = c.flags.direction() ? -(u.bits >> 3) : u.bits >> 3;
        r[register] = r[register] & ~u.mask | r[register] + by & u.mask;
    }
}
