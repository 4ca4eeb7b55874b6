package org.orrery.cli.time;

import java.util.Optional;
import org.orrery.cpu.Cpu;
import org.orrery.isa.asm.Assembler;
import org.orrery.isa.asm.Assembly;
import org.orrery.isa.asm.SourceResolver;
import org.orrery.pc.Machine;
import org.orrery.pc.boot.BootOptions;
import org.orrery.pc.boot.ImageLoader;
import org.orrery.pc.boot.LoadAddress;

/**
 * A machine with tables, tasks and handlers in place (the resource {@code stage.asm}), in the mode asked for and at the first instruction
 * of a snippet, with cache and TLB just emptied.
 */
public final class Stage {
    /** Linear address of the first instruction; in 16-bit modes 1000:0100. */
    public static final int CODE = 0x10100;
    /** Base of all segments in 16-bit modes. */
    public static final int SEGMENT_BASE = 0x10000;
    /** Linear address below which the stack is. */
    public static final int STACK = 0x17FF0;
    /** A snippet's bytes, data included, end below this. */
    public static final int CODE_END = 0x17000;

    /** Where EBX, ESI, EDI and EBP point at the start: pages and cache sets of their own. */
    private static final int[][] POINTERS = {
        {Cpu.EBX, 0x18000}, {Cpu.ESI, 0x19200}, {Cpu.EDI, 0x1A400}, {Cpu.EBP, 0x1B600}
    };

    private static final String LOAD_ADDRESS = "0000:1000";
    private static final int FIRST = 0x1000;
    private static final int LAST = 0x3FFF;
    private static final int STEPS_TO_ENTER = 10_000;
    private static final int ARITHMETIC_FLAGS = 0x8D5;
    private static final int DIRECTION_FLAG = 0x400;

    private static final Assembly IMAGE = new Assembler(SourceResolver.resources(Stage.class)).assemble("stage.asm");

    private final Machine machine;
    private final Mode mode;

    private Stage(Machine machine, Mode mode) {
        this.machine = machine;
        this.mode = mode;
    }

    /** Sets a machine up that was just built, and loads the bytes of a snippet to {@link #CODE}. */
    public static Stage set(Machine machine, Mode mode, byte[] snippet) {
        BootOptions options = BootOptions.NONE.withLoadAddress(LoadAddress.parse(LOAD_ADDRESS));
        ImageLoader.load(machine, "stage", IMAGE.toFlat(), options);
        machine.memory().load(CODE, snippet);
        machine.cpu().setEip(address(mode.entry()));
        Stage stage = new Stage(machine, mode);
        for (int i = 0; i < STEPS_TO_ENTER && stage.at() != CODE; i++) {
            machine.step();
        }
        if (stage.at() != CODE) {
            throw new IllegalStateException(mode + " mode was not entered");
        }
        return stage;
    }

    /** The address that a name of the stage's source stands for. */
    public static int address(String name) {
        return (int) IMAGE.valueOf(name);
    }

    /** The stage's names for selectors, vectors and addresses, for the sources of snippets that use them. */
    public static Optional<SourceResolver.Source> names() {
        return SourceResolver.resources(Stage.class).find("stage.inc", "");
    }

    public Machine machine() {
        return machine;
    }

    public Mode mode() {
        return mode;
    }

    /** Linear address of the next instruction. */
    public int at() {
        Cpu cpu = machine.cpu();
        return cpu.segmentBase(Cpu.CS) + cpu.eip();
    }

    /** Whether an address belongs to the stage's own handlers. */
    static boolean handles(int linear) {
        return linear >= FIRST && linear <= LAST;
    }

    /**
     * Puts the registers in the state that each run of a snippet begins with and goes back to its first instruction. It costs no time.
     *
     * @param count for ECX
     * @param end linear address that RET finds on the stack
     */
    void begin(int count, int end) {
        Cpu cpu = machine.cpu();
        cpu.setRegister(Cpu.EAX, 0);
        cpu.setRegister(Cpu.ECX, count);
        cpu.setRegister(Cpu.EDX, 0);
        for (int[] pointer : POINTERS) {
            cpu.setRegister(pointer[0], pointer[1] - mode.base());
        }
        int stack = STACK - mode.bits() / 8;
        cpu.setRegister(Cpu.ESP, stack - mode.base());
        machine.memory().load(stack, littleEndian(end - mode.base(), mode.bits() / 8));
        cpu.setEflags(cpu.eflags() & ~ARITHMETIC_FLAGS & ~DIRECTION_FLAG);
        cpu.setEip(CODE - mode.base());
    }

    private static byte[] littleEndian(int value, int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (value >> 8 * i);
        }
        return bytes;
    }
}
