package org.orrery.cli.validate;

import java.util.Map;
import org.orrery.cli.time.Mode;
import org.orrery.cli.time.Stage;
import org.orrery.cpu.Cause;
import org.orrery.cpu.Cpu;
import org.orrery.isa.asm.Assembler;
import org.orrery.isa.asm.Assembly;
import org.orrery.isa.asm.SourceResolver;
import org.orrery.pc.Machine;
import org.orrery.pc.Outcome.Ending;
import org.orrery.pc.profile.Profile;

/** An assembled guest that goes round and round. */
final class Guest {
    private static final int MEMORY = 1 << 20;
    private static final int STEPS = 20_000;

    private final String name;
    private final Assembly assembly;
    private final Stage stage;
    private final int base;

    /** @param source may include {@code stage.inc} */
    Guest(String name, String source, Mode mode, Profile profile) {
        this.name = name + " in mode " + mode;
        SourceResolver files = SourceResolver.texts(Map.of(name, source)).or((file, includer) -> Stage.names());
        assembly = new Assembler(files).assemble(name);
        Machine machine = Machine.builder(profile).memory(MEMORY).build();
        stage = Stage.set(machine, mode, assembly.toFlat());
        base = mode.bits() == 16 ? Stage.SEGMENT_BASE : 0;
    }

    /** The offset that a name of the source stands for. */
    int offset(String label) {
        return (int) assembly.valueOf(label);
    }

    /** The linear address that a name of the source stands for. */
    int address(String label) {
        return offset(label) + base;
    }

    Cpu cpu() {
        return stage.machine().cpu();
    }

    /** CPU clocks since power-on. */
    long now() {
        return stage.machine().now();
    }

    /** CPU clocks for some causes since power-on. */
    long cycles(Cause... causes) {
        long sum = 0;
        for (Cause cause : causes) {
            sum += cpu().ledger().cycles(cause);
        }
        return sum;
    }

    /** Where faults go on, and where level 3 comes back to level 0. */
    void resumeAt(String label) {
        int offset = offset(label);
        byte[] bytes = {(byte) offset, (byte) (offset >> 8), (byte) (offset >> 16), 0};
        stage.machine().memory().load(Stage.address("resume"), bytes);
    }

    /** Runs until the instruction at a linear address is next. */
    void runTo(int address) {
        for (int i = 0; i < STEPS && stage.at() != address; i++) {
            step();
        }
        if (stage.at() != address) {
            throw new IllegalStateException(String.format("%s does not come to %08x", name, address));
        }
    }

    /** Executes the instruction that is next, with all its iterations, or takes what comes in its place. */
    void instruction() {
        int at = stage.at();
        for (int i = 0; i < STEPS && (i == 0 || stage.at() == at); i++) {
            step();
        }
    }

    void step() {
        Ending ending = stage.machine().step().ending();
        if (ending != Ending.LIMIT) {
            throw new IllegalStateException(name + ": " + ending);
        }
    }
}
