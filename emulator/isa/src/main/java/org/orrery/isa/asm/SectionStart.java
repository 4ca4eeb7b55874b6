package org.orrery.isa.asm;

/** The load address of a section, {@code section.NAME.start}, where it differs from the address it runs at. */
record SectionStart(Section section) implements Term {}
