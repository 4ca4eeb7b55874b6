package org.orrery.isa.asm;

/** Where an expression finds the values of what it names. */
interface Scope {
    /** The value of a symbol; {@link Value#UNKNOWN} if it may yet be defined. */
    Value symbol(String name);

    /** The address of the line, {@code $}. */
    Value here();

    /** The start of the section, {@code $$}. */
    Value base();
}
