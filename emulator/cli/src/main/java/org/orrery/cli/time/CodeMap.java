package org.orrery.cli.time;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.orrery.cpu.Cpu;
import org.orrery.debugger.GuestMemory;
import org.orrery.isa.Decoder;
import org.orrery.isa.Disassembler;
import org.orrery.isa.Instruction;
import org.orrery.isa.InstructionSet;

/** The instructions of a snippet as they are executed. */
final class CodeMap {
    private static final int LONGEST = 15;
    /** What stands in place of a label before an instruction of the stage. */
    private static final String HANDLER = "(handler)";

    private final Snippet snippet;
    private final Cpu cpu;
    private final GuestMemory memory;
    private final Decoder decoder = new Decoder(InstructionSet.i486());
    private final Disassembler disassembler;
    /** Into how many pieces of code the lines of the source were made. */
    private final Map<Integer, Integer> pieces = new HashMap<>();

    private final Map<Integer, CodeLine> lines = new HashMap<>();

    CodeMap(Snippet snippet, Stage stage) {
        this.snippet = snippet;
        cpu = stage.machine().cpu();
        memory = new GuestMemory(cpu, stage.machine().memory());
        snippet.info().lines().stream()
                .filter(line -> line.file().equals(snippet.name()))
                .forEach(line -> pieces.merge(line.line(), 1, Integer::sum));
        int base = snippet.mode().base();
        disassembler = new Disassembler(
                InstructionSet.i486(), offset -> snippet.label(offset + base).orElse(null));
    }

    /** The instruction at a linear address; the CPU is about to execute it. */
    CodeLine at(int linear) {
        return lines.computeIfAbsent(linear, this::read);
    }

    private CodeLine read(int linear) {
        byte[] bytes = memory.bytes(linear, LONGEST);
        Instruction instruction = new Instruction();
        int length = decoder.decode(bytes, 0, bytes.length, cpu.code32(), instruction);
        if (length < 0) {
            instruction.form = null;
            length = Math.min(1, bytes.length);
        }
        int line = snippet.contains(linear) ? snippet.line(linear) : 0;
        return new CodeLine(
                linear,
                Arrays.copyOf(bytes, length),
                snippet.contains(linear) ? snippet.label(linear).orElse("") : HANDLER,
                text(linear, line, instruction),
                line,
                instruction);
    }

    private String text(int linear, int line, Instruction instruction) {
        if (line > 0 && !shared(line)) {
            String source = source(snippet.lines().get(line - 1));
            if (!source.isEmpty()) {
                return source;
            }
        }
        return instruction.form == null
                ? "no instruction"
                : disassembler.format(instruction, linear - snippet.mode().base());
    }

    /** Whether a line of source became more than one piece of code. */
    private boolean shared(int line) {
        return pieces.getOrDefault(line, 0) > 1;
    }

    /** A line without its label and comment, blanks made one. */
    private static String source(String line) {
        return line.replaceFirst(";(?=(?:[^'\"]*['\"][^'\"]*['\"])*[^'\"]*$).*", "")
                .replaceFirst("^\\s*[\\w.$@?~#]+:(?!:)", "")
                .strip()
                .replaceAll("\\s+", " ");
    }
}
