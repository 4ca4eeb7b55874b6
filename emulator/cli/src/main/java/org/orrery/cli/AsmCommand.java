package org.orrery.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.orrery.isa.asm.Assembler;
import org.orrery.isa.asm.Assembly;
import org.orrery.isa.asm.AssemblyException;
import org.orrery.isa.asm.SourceResolver;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Assembles a file. */
@Command(
        name = "asm",
        mixinStandardHelpOptions = true,
        header = "Assemble a file.",
        description = {
            "Assemble a file in NASM's syntax into a flat binary, of 16-bit code unless it says otherwise, or an ELF"
                    + " program of 32-bit code, with symbols.",
            "Errors and warnings are FILE:LINE:COLUMN: MESSAGE on standard error; with errors the exit status is 2."
        },
        footer = {
            "",
            "Examples:",
            "  orrery asm boot.asm",
            "  orrery asm kernel.asm -f elf -o kernel.elf -l kernel.lst -I include -D DEBUG=1"
        })
final class AsmCommand implements Callable<Integer> {
    private enum Format {
        BIN,
        ELF
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The source.")
    private Path source;

    @Option(
            names = "-f",
            paramLabel = "FORMAT",
            defaultValue = "bin",
            description = "bin or elf (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Option(
            names = "-o",
            paramLabel = "FILE",
            description = "The output (default: the source's name with .bin or .elf).")
    private Path output;

    @Option(names = "-l", paramLabel = "FILE", description = "Write a listing: addresses, bytes, source lines.")
    private Path listing;

    @Option(names = "-I", paramLabel = "FOLDER", description = "Look for included files there, too; may be repeated.")
    private List<Path> includes = new ArrayList<>();

    @Option(
            names = "-D",
            paramLabel = "NAME[=VALUE]",
            mapFallbackValue = "",
            description = "Define a single-line macro; may be repeated.")
    private Map<String, String> defines = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException {
        Assembler assembler = new Assembler(SourceResolver.files(includes)).bits(format == Format.ELF ? 32 : 16);
        defines.forEach(assembler::define);
        try {
            write(assembler.assemble(source.toString()));
            return ExitStatus.OK;
        } catch (AssemblyException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return ExitStatus.BAD_INPUT;
        }
    }

    private void write(Assembly assembly) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        assembly.warnings().forEach(err::println);
        Files.write(target(), format == Format.ELF ? assembly.toElf() : assembly.toFlat());
        if (listing != null) {
            Files.writeString(listing, assembly.listing());
        }
    }

    private Path target() {
        if (output != null) {
            return output;
        }
        String name = source.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String extension = format == Format.ELF ? ".elf" : ".bin";
        return source.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + extension);
    }
}
