package org.orrery.pc.boot;

import java.util.Optional;
import org.orrery.isa.elf.ElfImage;

/**
 * What was loaded.
 *
 * @param kind what the image turned out to be
 * @param entry linear address of the first instruction
 * @param elf the image as an ELF file, with its symbols, if it is one
 */
public record LoadedImage(Kind kind, int entry, Optional<ElfImage> elf) {
    /** Kinds of image. */
    public enum Kind {
        MULTIBOOT("multiboot kernel", ""),
        ELF("ELF program without a boot protocol", ""),
        FLAT("flat binary", ""),
        BOOT_SECTOR(
                "boot sector",
                "this machine has no BIOS and no disk: a software interrupt of the BIOS halts the CPU in segment F000h");

        private final String label;
        private final String note;

        Kind(String label, String note) {
            this.label = label;
            this.note = note;
        }

        /** A name for people. */
        public String label() {
            return label;
        }

        /** What the user should know before it runs; may be empty. */
        public String note() {
            return note;
        }
    }
}
