package org.orrery.cpu.fuzz;

import static org.orrery.cpu.fuzz.UnicornLibrary.*;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.util.Arrays;

/** The second opinion: an i486 of Unicorn. Its memory is shared with it, so that only registers need calls. */
final class Unicorn {
    /** What is read after a program: general registers, segments, EIP, EFLAGS, CR2 and those of the x87, each in the order of its numbers. */
    private static final int[] REGISTERS = {
        UC_X86_REG_EAX,
        UC_X86_REG_ECX,
        UC_X86_REG_EDX,
        UC_X86_REG_EBX,
        UC_X86_REG_ESP,
        UC_X86_REG_EBP,
        UC_X86_REG_ESI,
        UC_X86_REG_EDI,
        UC_X86_REG_ES,
        UC_X86_REG_CS,
        UC_X86_REG_SS,
        UC_X86_REG_DS,
        UC_X86_REG_FS,
        UC_X86_REG_GS,
        UC_X86_REG_EIP,
        UC_X86_REG_EFLAGS,
        UC_X86_REG_CR2,
        UC_X86_REG_FPCW,
        UC_X86_REG_FPSW,
        UC_X86_REG_FPTAG,
        UC_X86_REG_ST0,
        UC_X86_REG_ST0 + 1,
        UC_X86_REG_ST0 + 2,
        UC_X86_REG_ST0 + 3,
        UC_X86_REG_ST0 + 4,
        UC_X86_REG_ST0 + 5,
        UC_X86_REG_ST0 + 6,
        UC_X86_REG_ST0 + 7
    };

    private static final int SEGMENTS = 8;
    private static final int EIP = 14;
    private static final int EFLAGS = 15;
    private static final int CR2 = 16;
    private static final int FCW = 17;
    private static final int ST0 = 20;
    /** Bytes that a value is given; those of the x87 have ten. */
    private static final long VALUE = 16;

    /** An engine that has translated too much code crashes. */
    private static final int RUNS_OF_AN_ENGINE = 200;

    private static final int INVALID_OPCODE = 6;
    /** Microseconds after which a program is taken to go round in circles. */
    private static final long PATIENCE = 1_000_000;

    private final UnicornLibrary library;
    private Pointer engine;
    private Pointer pristine;
    private int runs;
    private final Memory memory = new Memory(Layout.SIZE);
    private final Memory numbers = new Memory(4L * REGISTERS.length);
    private final Memory places = new Memory(8L * REGISTERS.length);
    private final Memory values = new Memory(VALUE * REGISTERS.length);
    /** Kept here, since the library does not keep it from being collected. */
    private final InterruptHook hook = this::raised;

    private int vector;

    private Unicorn(UnicornLibrary library) {
        this.library = library;
        for (int i = 0; i < REGISTERS.length; i++) {
            numbers.setInt(4L * i, REGISTERS[i]);
            places.setPointer(8L * i, values.share(VALUE * i));
        }
        start();
    }

    private void start() {
        PointerByReference reference = new PointerByReference();
        check(library.uc_open(UC_ARCH_X86, UC_MODE_16, reference));
        engine = reference.getValue();
        check(library.uc_ctl(engine, UC_CTL_CPU_MODEL_WRITE, UC_CPU_X86_486));
        check(library.uc_mem_map_ptr(engine, 0, Layout.SIZE, UC_PROT_ALL, memory));
        for (Layout.View[] views : new Layout.View[][] {Layout.CODES, Layout.DATAS}) {
            for (Layout.View view : views) {
                map(view);
            }
        }
        check(library.uc_hook_add(engine, reference, UC_HOOK_INTR, hook, null, 1, 0));
        check(library.uc_context_alloc(engine, reference));
        pristine = reference.getValue();
        check(library.uc_context_save(engine, pristine));
    }

    /** Opens an engine, or returns null if libunicorn 2 is not installed. */
    static Unicorn open() {
        UnicornLibrary library;
        try {
            library = Native.load("unicorn", UnicornLibrary.class);
        } catch (UnsatisfiedLinkError e) {
            return null;
        }
        return new Unicorn(library);
    }

    /** Unicorn 2.0 walks page tables but then takes linear for physical addresses, so each view is put at its linear address too. */
    private void map(Layout.View view) {
        for (int i = 0; i < view.order().length; i++) {
            long at = view.linear() + i * Layout.PAGE & 0xFFFF_FFFFL;
            Pointer page = memory.share(view.pageAddress(i), Layout.PAGE);
            check(library.uc_mem_map_ptr(engine, at, Layout.PAGE, UC_PROT_ALL, page));
        }
    }

    private void raised(Pointer from, int number, Pointer user) {
        vector = number;
        library.uc_emu_stop(engine);
    }

    private void check(int error) {
        if (error != UC_ERR_OK) {
            throw new IllegalStateException("unicorn: " + library.uc_strerror(error));
        }
    }

    /** Runs from the prologue to a linear address or to an exception. */
    Outcome run(Program program) {
        if (++runs % RUNS_OF_AN_ENGINE == 0) {
            check(library.uc_close(engine));
            start();
        }
        memory.write(0, program.image(), 0, Layout.SIZE);
        check(library.uc_context_restore(engine, pristine));
        forgetCode(Layout.PROLOGUE, Layout.PAGE);
        forgetCode(Layout.CODE, Layout.CODE_SIZE);
        for (Layout.View view : Layout.CODES) {
            forgetCode(view.linear() & 0xFFFF_FFFFL, view.bytes());
        }
        vector = -1;
        int error = library.uc_emu_start(engine, Layout.PROLOGUE, program.until() & 0xFFFF_FFFFL, PATIENCE, 0);
        if (error == UC_ERR_INSN_INVALID) {
            vector = INVALID_OPCODE;
        } else if (error != UC_ERR_OK) {
            vector = Outcome.BROKEN;
        }
        return outcome();
    }

    private Outcome outcome() {
        byte[] after = new byte[Layout.SIZE];
        memory.read(0, after, 0, Layout.SIZE);
        values.clear();
        check(library.uc_reg_read_batch(engine, numbers, places, REGISTERS.length));
        int[] all = new int[REGISTERS.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = values.getInt(VALUE * i);
        }
        return new Outcome(
                vector,
                Arrays.copyOfRange(all, 0, SEGMENTS),
                all[EIP],
                all[EFLAGS],
                Arrays.copyOfRange(all, SEGMENTS, EIP),
                all[CR2],
                x87(all),
                after);
    }

    private X87State x87(int[] all) {
        int[] exponents = new int[8];
        long[] mantissas = new long[8];
        for (int i = 0; i < 8; i++) {
            long at = VALUE * (ST0 + i);
            mantissas[i] = values.getLong(at);
            exponents[i] = values.getShort(at + 8) & 0xFFFF;
        }
        return new X87State(all[FCW], all[FCW + 1], all[FCW + 2], exponents, mantissas);
    }

    private void forgetCode(long from, int bytes) {
        check(library.uc_ctl(engine, UC_CTL_TB_REMOVE_CACHE_WRITE, from, from + bytes));
    }
}
