package org.orrery.isa.asm;

import java.util.LinkedHashMap;
import java.util.Map;
import org.orrery.isa.InstructionSet;

/** Assembles sources in NASM's syntax. One can assemble many programs. */
public final class Assembler {
    private final SourceResolver resolver;
    private final Map<String, String> defines = new LinkedHashMap<>();
    private int bits = 16;

    /**
     * An assembler without definitions.
     *
     * @param resolver finds all files that sources name
     */
    public Assembler(SourceResolver resolver) {
        this.resolver = resolver;
    }

    /** Defines a single-line macro before the first line, as {@code nasm -D NAME=VALUE} does. */
    public Assembler define(String name, String value) {
        defines.put(name, value);
        return this;
    }

    /** The size of code before the first {@code bits} directive: 16, as {@code nasm -f bin}, or 32, as {@code nasm -f elf32}. */
    public Assembler bits(int size) {
        bits = size;
        return this;
    }

    /**
     * Assembles a file and all that it includes.
     *
     * @throws AssemblyException if there are errors
     */
    public Assembly assemble(String file) {
        SourceResolver.Source source = resolver.find(file, "")
                .orElseThrow(() -> AssemblyException.of(new Location(file, 1, ""), "file not found"));
        return Passes.assemble(new SourceProgram(source, resolver, defines, InstructionSet.i486()), bits);
    }
}
