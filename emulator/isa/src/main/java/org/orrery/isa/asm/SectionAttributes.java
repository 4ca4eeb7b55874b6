package org.orrery.isa.asm;

/** What a {@code section} directive says of its section, as in NASM's bin format. */
final class SectionAttributes {
    /** Alignment in bytes, or 0 if nothing is said of it. */
    long align;
    /** Alignment of the address at run time, or 0. */
    long valign;
    /** Load address, or null. */
    Long start;
    /** Address at run time, or null. */
    Long vstart;
    /** The section that this one is loaded after, or null. */
    String follows;
    /** The section whose addresses this one's follow, or null. */
    String vfollows;
    /** Whether the section takes no bytes in the file. */
    boolean nobits;
}
