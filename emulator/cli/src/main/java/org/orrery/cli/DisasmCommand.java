package org.orrery.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.orrery.isa.debug.DebugInfo;
import org.orrery.isa.elf.ElfImage;
import org.orrery.isa.elf.Segment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Disassembles a file. */
@Command(
        name = "disasm",
        mixinStandardHelpOptions = true,
        header = "Disassemble a file.",
        description = "Disassemble the code of an ELF program, with its symbols, or a flat binary.",
        footer = {
            "",
            "Examples:",
            "  orrery disasm kernel.elf --start _start --length 64",
            "  orrery disasm boot.img --bits 16 --origin 0x7c00 --length 0x40"
        })
final class DisasmCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "An ELF program, or a flat binary.")
    private Path file;

    @Option(names = "--bits", paramLabel = "16|32", description = "The size of the code (default: 32).")
    private int bits = 32;

    @Option(
            names = "--origin",
            paramLabel = "ADDRESS",
            converter = Address.class,
            description = "Where a flat binary is loaded (default: 0).")
    private Integer origin;

    @Option(
            names = "--start",
            paramLabel = "ADDRESS",
            description = "Begin there: an address, or a symbol of an ELF program.")
    private String start;

    @Option(
            names = "--length",
            paramLabel = "BYTES",
            converter = Address.class,
            description = "End after so many bytes (default: all, or the symbol that --start names).")
    private Integer length;

    @Override
    public void run() {
        if (bits != 16 && bits != 32) {
            throw new ParameterException(spec.commandLine(), "--bits " + bits + ": expected 16 or 32");
        }
        PrintWriter out = spec.commandLine().getOut();
        byte[] bytes = InputFile.bytes(file);
        if (ElfImage.isElf(bytes)) {
            if (origin != null) {
                throw new UserError("--origin: an ELF program says itself where it is loaded");
            }
            ElfImage image = ElfImage.read(bytes, file.toString());
            list(executable(image), image.debugInfo(), out);
        } else {
            int address = origin == null ? 0 : origin;
            Segment whole = new Segment(address, address, bytes, bytes.length, Segment.EXECUTE);
            list(List.of(whole), DebugInfo.EMPTY, out);
        }
        out.flush();
    }

    private static List<Segment> executable(ElfImage image) {
        return image.segments().stream()
                .filter(s -> (s.flags() & Segment.EXECUTE) != 0)
                .toList();
    }

    private void list(List<Segment> segments, DebugInfo symbols, PrintWriter out) {
        CodeListing listing = new CodeListing(symbols, bits == 32, out);
        if (start == null && length == null) {
            segments.forEach(s -> listing.print(s, s.virtualAddress(), s.bytes().length));
            return;
        }
        int first = start == null ? segments.get(0).virtualAddress() : address(symbols);
        Segment segment = segments.stream()
                .filter(s -> Integer.compareUnsigned(first - s.virtualAddress(), s.bytes().length) < 0)
                .findFirst()
                .orElseThrow(() -> new UserError(String.format("%s: there is no code at 0x%x", file, first)));
        listing.print(segment, first, length(symbols, segment, first));
    }

    private int address(DebugInfo symbols) {
        return symbols.symbol(start).map(DebugInfo.Symbol::address).orElseGet(() -> {
            try {
                return new Address().convert(start);
            } catch (picocli.CommandLine.TypeConversionException e) {
                throw new UserError("--start '" + start + "': no symbol and no address of " + file);
            }
        });
    }

    private int length(DebugInfo symbols, Segment segment, int first) {
        int left = segment.virtualAddress() + segment.bytes().length - first;
        int wanted = length != null
                ? length
                : symbols.symbol(start)
                        .map(DebugInfo.Symbol::size)
                        .filter(size -> size > 0)
                        .orElse(left);
        return Integer.compareUnsigned(wanted, left) < 0 ? wanted : left;
    }
}
