package org.orrery.cpu.fuzz;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;

/** The functions of libunicorn 2 that are used here, with the names and constants of its C headers. */
interface UnicornLibrary extends Library {
    int UC_ERR_OK = 0;
    int UC_ERR_INSN_INVALID = 10;
    int UC_ARCH_X86 = 4;
    int UC_MODE_16 = 2;
    int UC_PROT_ALL = 7;
    int UC_HOOK_INTR = 1;
    int UC_CPU_X86_486 = 25;
    /** uc_ctl with its direction (write) and number of arguments. */
    int UC_CTL_CPU_MODEL_WRITE = 1 << 30 | 1 << 26 | 7;

    int UC_CTL_TB_REMOVE_CACHE_WRITE = 1 << 30 | 2 << 26 | 9;

    int UC_X86_REG_CS = 11;
    int UC_X86_REG_DS = 17;
    int UC_X86_REG_EAX = 19;
    int UC_X86_REG_EBP = 20;
    int UC_X86_REG_EBX = 21;
    int UC_X86_REG_ECX = 22;
    int UC_X86_REG_EDI = 23;
    int UC_X86_REG_EDX = 24;
    int UC_X86_REG_EFLAGS = 25;
    int UC_X86_REG_EIP = 26;
    int UC_X86_REG_ES = 28;
    int UC_X86_REG_ESI = 29;
    int UC_X86_REG_ESP = 30;
    int UC_X86_REG_FS = 32;
    int UC_X86_REG_GS = 33;
    int UC_X86_REG_SS = 49;
    int UC_X86_REG_CR2 = 52;
    int UC_X86_REG_FPSW = 31;
    int UC_X86_REG_ST0 = 114;
    int UC_X86_REG_FPCW = 246;
    int UC_X86_REG_FPTAG = 247;

    /** Called when an exception or interrupt is raised, which Unicorn does not deliver to the guest. */
    interface InterruptHook extends Callback {
        void raised(Pointer engine, int vector, Pointer user);
    }

    int uc_open(int arch, int mode, PointerByReference engine);

    int uc_close(Pointer engine);

    int uc_ctl(Pointer engine, int control, Object... arguments);

    int uc_mem_map_ptr(Pointer engine, long address, long size, int protection, Pointer memory);

    int uc_hook_add(
            Pointer engine, PointerByReference hook, int type, Callback callback, Pointer user, long begin, long end);

    int uc_context_alloc(Pointer engine, PointerByReference context);

    int uc_context_save(Pointer engine, Pointer context);

    int uc_context_restore(Pointer engine, Pointer context);

    int uc_reg_read_batch(Pointer engine, Pointer registers, Pointer values, int count);

    int uc_emu_start(Pointer engine, long begin, long until, long timeout, long count);

    int uc_emu_stop(Pointer engine);

    String uc_strerror(int error);
}
