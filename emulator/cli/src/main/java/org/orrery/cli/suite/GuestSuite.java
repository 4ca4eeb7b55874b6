package org.orrery.cli.suite;

import org.orrery.isa.asm.Assembler;
import org.orrery.isa.asm.SourceResolver;

/**
 * The self-checking guest: a multiboot image that prints a line for each group of checks on COM1 and writes 0 to port F4h if all
 * passed, else 1. Its sources are the resources beside this class, {@code suite.asm} first.
 */
public final class GuestSuite {
    private GuestSuite() {}

    /** Assembles the image. */
    public static byte[] image() {
        return new Assembler(SourceResolver.resources(GuestSuite.class))
                .assemble("suite.asm")
                .toFlat();
    }
}
