package org.orrery.isa.elf;

/** Numbers of the ELF format, from the System V ABI, that reader and writer share. */
final class Elf {
    static final int HEADER_SIZE = 52;
    static final int PROGRAM_HEADER_SIZE = 32;
    static final int SECTION_HEADER_SIZE = 40;
    static final int SYMBOL_SIZE = 16;

    static final int CLASS_32 = 1;
    static final int LITTLE_ENDIAN = 1;
    static final int VERSION = 1;
    static final int ET_EXEC = 2;
    static final int EM_386 = 3;
    static final int EM_486 = 6;
    static final int PT_LOAD = 1;

    static final int SHT_PROGBITS = 1;
    static final int SHT_SYMTAB = 2;
    static final int SHT_STRTAB = 3;
    static final int SHT_NOBITS = 8;
    static final int SHF_WRITE = 1;
    static final int SHF_ALLOC = 2;
    static final int SHF_EXECINSTR = 4;
    static final int SHN_ABS = 0xFFF1;

    static final int STT_NOTYPE = 0;
    static final int STT_OBJECT = 1;
    static final int STT_FUNC = 2;
    static final int STT_FILE = 4;

    /** The section that holds the text form of debug information. */
    static final String DEBUG_SECTION = ".orrery.debug";

    private Elf() {}
}
