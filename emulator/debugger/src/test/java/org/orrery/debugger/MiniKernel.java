package org.orrery.debugger;

import org.orrery.isa.asm.Assembler;
import org.orrery.isa.asm.Assembly;
import org.orrery.isa.asm.SourceResolver;
import org.orrery.isa.debug.DebugInfo;
import org.orrery.pc.Machine;

/** The kernel of {@code mini.asm}, loaded into machines for tests. */
public final class MiniKernel {
    /** Calls of the client that the server answers. */
    public static final int ROUNDS = 50;

    private static final Assembly ASSEMBLY =
            new Assembler(SourceResolver.resources(MiniKernel.class)).assemble("mini.asm");

    private MiniKernel() {}

    /** A machine that is about to execute the kernel's first instruction. */
    public static Machine machine() {
        return FlatMachine.with(ASSEMBLY.toFlat());
    }

    public static DebugInfo info() {
        return ASSEMBLY.debugInfo();
    }
}
