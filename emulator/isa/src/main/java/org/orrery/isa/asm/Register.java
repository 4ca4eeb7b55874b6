package org.orrery.isa.asm;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The registers that an operand can name, in source and in code that {@link CodeBuilder} writes.  */
public enum Register implements Term, CodeOperand {
    AL,
    CL,
    DL,
    BL,
    AH,
    CH,
    DH,
    BH,
    AX,
    CX,
    DX,
    BX,
    SP,
    BP,
    SI,
    DI,
    EAX,
    ECX,
    EDX,
    EBX,
    ESP,
    EBP,
    ESI,
    EDI,
    ES,
    CS,
    SS,
    DS,
    FS,
    GS,
    CR0,
    CR1,
    CR2,
    CR3,
    CR4,
    CR5,
    CR6,
    CR7,
    DR0,
    DR1,
    DR2,
    DR3,
    DR4,
    DR5,
    DR6,
    DR7,
    TR0,
    TR1,
    TR2,
    TR3,
    TR4,
    TR5,
    TR6,
    TR7,
    ST0,
    ST1,
    ST2,
    ST3,
    ST4,
    ST5,
    ST6,
    ST7;

    /** The groups of registers. */
    enum Kind {
        BYTE,
        WORD,
        DWORD,
        SEGMENT,
        CONTROL,
        DEBUG,
        TEST,
        X87
    }

    private static final Map<String, Register> BY_NAME = new HashMap<>();

    static {
        for (Register register : values()) {
            BY_NAME.put(register.name().toLowerCase(Locale.ROOT), register);
        }
    }

    /** The register of a name in any case, or null. {@code st} alone is not a register here. */
    static Register named(String name) {
        return name.length() > 3 ? null : BY_NAME.get(name.toLowerCase(Locale.ROOT));
    }

    Kind kind() {
        int index = ordinal();
        if (index < 24) {
            return Kind.values()[index >> 3];
        }
        return index < 30 ? Kind.SEGMENT : Kind.values()[4 + (index - 30 >> 3)];
    }

    /** The number that stands for it in an instruction, 0 to 7. */
    int number() {
        int index = ordinal();
        return index < 24 ? index & 7 : index < 30 ? index - 24 : index - 30 & 7;
    }

    /** Bytes of a general register, or 0. */
    int size() {
        return switch (kind()) {
            case BYTE -> 1;
            case WORD -> 2;
            case DWORD -> 4;
            default -> 0;
        };
    }

    /** Whether it is a general register of 16 or 32 bits. */
    boolean isAddress() {
        return kind() == Kind.WORD || kind() == Kind.DWORD;
    }
}
