package org.orrery.cli.time;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.orrery.isa.asm.Assembler;
import org.orrery.isa.asm.Assembly;
import org.orrery.isa.asm.SourceResolver;
import org.orrery.isa.asm.SourceResolver.Source;
import org.orrery.isa.debug.DebugInfo;

/**
 * An assembled snippet.
 *
 * @param name of the source
 * @param lines of the source
 * @param bytes from {@link Stage#CODE} on: the code, then the data of other sections
 * @param end linear address after the code
 * @param info symbols and lines, by offset
 */
public record Snippet(String name, Mode mode, List<String> lines, byte[] bytes, int end, DebugInfo info) {
    private static final String FRAME = "(frame)";
    private static final String INNER = "(snippet)";
    private static final String END = "end_of_the_snippet";
    private static final Pattern BITS = Pattern.compile("(?mi)^\\s*\\[?\\s*bits\\s+(16|32)\\b");

    /** The size of code that a source itself asks for with its first {@code bits} directive. */
    public static Optional<Integer> bits(String source) {
        Matcher matcher = BITS.matcher(source);
        return matcher.find() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }

    /**
     * Assembles a snippet for a mode.
     *
     * @param source a character for each byte of the file
     * @param files finds what the source includes
     * @throws org.orrery.isa.asm.AssemblyException if there are errors
     * @throws SnippetException if it does not fit the stage
     */
    public static Snippet assemble(String name, String source, Mode mode, SourceResolver files) {
        Assembly assembly = new Assembler(framed(name, source, mode, files)).assemble(FRAME);
        byte[] bytes = assembly.toFlat();
        int end = (int) assembly.valueOf(END) + mode.base();
        if (end == Stage.CODE) {
            throw new SnippetException(name + ":1:1: there is no instruction to time");
        }
        if (assembly.loadAddress() + mode.base() != Stage.CODE) {
            throw new SnippetException(name + ":1:1: a snippet has its place; leave ORG out");
        }
        int most = Stage.CODE_END - Stage.CODE;
        if (bytes.length > most) {
            throw new SnippetException(
                    name + ":1:1: the snippet has " + bytes.length + " bytes; at most " + most + " can be timed");
        }
        return new Snippet(name, mode, source.lines().toList(), bytes, end, assembly.debugInfo());
    }

    /** The source within a frame that says where its code begins and ends. */
    private static SourceResolver framed(String name, String source, Mode mode, SourceResolver files) {
        String frame = String.format(
                "bits %d%norg 0x%x%nsection .text%n%%include '%s'%nsection .text%n%s:%n",
                mode.bits(), Stage.CODE - mode.base(), INNER, END);
        SourceResolver outer = SourceResolver.texts(Map.of(FRAME, frame));
        SourceResolver inner = (file, includer) -> file.equals(INNER)
                ? Optional.of(new Source(name, source.getBytes(StandardCharsets.ISO_8859_1)))
                : Optional.empty();
        return outer.or(inner).or(files);
    }

    /** Whether a linear address lies in the code. */
    boolean contains(int linear) {
        return linear >= Stage.CODE && linear < end;
    }

    /**
     * The linear address of a label.
     *
     * @throws SnippetException if there is none
     */
    public int address(String label) {
        return info.symbol(label)
                .map(symbol -> symbol.address() + mode.base())
                .orElseThrow(() -> new SnippetException(name + ":1:1: there is no label '" + label + "'"));
    }

    /** The label of a linear address, if it has one. */
    Optional<String> label(int linear) {
        return info.symbols().stream()
                .filter(s -> s.address() + mode.base() == linear && !s.name().equals(END))
                .map(DebugInfo.Symbol::name)
                .findFirst();
    }

    /** The line of the source that an instruction came from, from 1; 0 for what another file gave. */
    int line(int linear) {
        return info.lineAt(linear - mode.base())
                .filter(line -> line.file().equals(name))
                .map(DebugInfo.SourceLine::line)
                .orElse(0);
    }
}
