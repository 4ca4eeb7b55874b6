package org.orrery.kernel;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.orrery.isa.asm.Assembler;
import org.orrery.isa.asm.Assembly;
import org.orrery.isa.asm.SourceResolver;

/** Assembles kernels from the sources in this package. Same options, same bytes. */
public final class KernelBuild {
    private static final String MAIN = "kernel.asm";

    private KernelBuild() {}

    /** Assembles a kernel. Its ELF file carries symbols, phases and layouts. */
    public static Assembly assemble(KernelOptions options) {
        Assembler assembler = new Assembler(sources());
        defines(options).forEach(assembler::define);
        return assembler.assemble(MAIN);
    }

    /** What the options are to the sources: names and their values. */
    static Map<String, String> defines(KernelOptions options) {
        Map<String, String> defines = new TreeMap<>();
        defines.put("DEBUG", flag(options.debug()));
        defines.put("CHECKS", flag(options.checks()));
        defines.put("TICK_US", Integer.toString(options.tickMicros()));
        defines.put("MESSAGE_REGISTERS", Integer.toString(options.messageRegisters()));
        for (Optimisation optimisation : Optimisation.values()) {
            defines.put(optimisation.define(), flag(!options.without().contains(optimisation)));
        }
        return defines;
    }

    private static String flag(boolean on) {
        return on ? "1" : "0";
    }

    /** All files that the kernel is made of, those that Java writes included. */
    public static SourceResolver sources() {
        return SourceResolver.resources(KernelBuild.class)
                .or(SourceResolver.texts(EntryPoints.i486().sources()));
    }

    /** The files that user programs share with the kernel: the binary interface and the layout of the kernel info page. */
    public static SourceResolver binaryInterface() {
        SourceResolver all = SourceResolver.resources(KernelBuild.class);
        return (name, includer) ->
                name.equals("l4.inc") || name.equals("kip.layout") ? all.find(name, includer) : Optional.empty();
    }
}
