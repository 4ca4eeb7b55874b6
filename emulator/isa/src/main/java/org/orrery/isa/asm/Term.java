package org.orrery.isa.asm;

/** Something that an expression can hold a multiple of, beside a plain number. */
sealed interface Term permits Section, SectionStart, Register {}
