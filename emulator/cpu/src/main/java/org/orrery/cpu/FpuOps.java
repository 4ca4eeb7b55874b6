package org.orrery.cpu;

/** The x87 instructions that are executed: those of its control state. The others stop the machine. */
final class FpuOps {
    private FpuOps() {}

    static void execute(Core c, Uop u, int address) {
        if (u.form.mnemonic().equals("WAIT")) {
            if ((c.cr0 & (Core.CR0_MP | Core.CR0_TS)) == (Core.CR0_MP | Core.CR0_TS)) {
                throw c.fault.of(GuestFault.NM, 0);
            }
            return;
        }
        if ((c.cr0 & (Core.CR0_EM | Core.CR0_TS)) != 0) {
            throw c.fault.of(GuestFault.NM, 0);
        }
        switch (u.form.mnemonic()) {
            case "FNINIT" -> c.fpu.initialize();
            case "FNCLEX" -> c.fpu.clearExceptions();
            case "FLDCW" -> c.fpu.control = c.seg.read16(u.seg, address);
            case "FNSTCW" -> storeWord(c, u, address, c.fpu.control);
            case "FNSTSW" -> storeWord(c, u, address, c.fpu.status);
            default -> throw new NotExecutedException(null);
        }
    }

    /** Without an x87 on the chip nothing is stored, which is how software finds out (inferred: FNINIT leaves its probe word as it was). */
    private static void storeWord(Core c, Uop u, int address, int value) {
        if (c.fpu.present) {
            if (u.memory) {
                c.seg.write16(u.seg, address, value);
            } else {
                c.setReg16(Cpu.EAX, value);
            }
        }
    }
}
