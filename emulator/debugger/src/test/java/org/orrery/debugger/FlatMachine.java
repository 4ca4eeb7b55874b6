package org.orrery.debugger;

import org.orrery.cpu.Cpu;
import org.orrery.pc.Machine;
import org.orrery.pc.profile.Profile;

/** Machines for tests: code at 1 MB in flat 32-bit protected mode without paging, ESP at 2 MB. */
public final class FlatMachine {
    public static final int CODE = 0x100000;
    public static final int STACK = 0x200000;

    private static final int CODE_RIGHTS = 0xC09B;
    private static final int DATA_RIGHTS = 0xC093;

    private FlatMachine() {}

    public static Machine with(int... code) {
        byte[] bytes = new byte[code.length];
        for (int i = 0; i < code.length; i++) {
            bytes[i] = (byte) code[i];
        }
        return with(bytes);
    }

    public static Machine with(byte[] code) {
        Machine machine = Machine.builder(Profile.byName(Profile.DEFAULT)).build();
        machine.memory().load(CODE, code);
        Cpu cpu = machine.cpu();
        cpu.setControl(0, cpu.control(0) & ~0x6000_0000 | 1);
        for (int segment = Cpu.ES; segment <= Cpu.GS; segment++) {
            boolean isCode = segment == Cpu.CS;
            cpu.setSegment(segment, isCode ? 8 : 16, 0, -1, isCode ? CODE_RIGHTS : DATA_RIGHTS);
        }
        cpu.setEip(CODE);
        cpu.setRegister(Cpu.ESP, STACK);
        return machine;
    }
}
