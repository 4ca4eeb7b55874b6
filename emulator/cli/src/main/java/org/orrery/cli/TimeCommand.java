package org.orrery.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.orrery.cli.time.Mode;
import org.orrery.cli.time.Snippet;
import org.orrery.cli.time.SnippetException;
import org.orrery.cli.time.Stopwatch;
import org.orrery.cli.time.Timed;
import org.orrery.debugger.console.Output;
import org.orrery.isa.asm.AssemblyException;
import org.orrery.isa.asm.SourceResolver;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Times a snippet of assembly. */
@Command(
        name = "time",
        mixinStandardHelpOptions = true,
        header = "Show what each instruction of a snippet takes.",
        description = {
            "Assemble a snippet, run it with cache and TLB empty and then warm, and print the clocks of each instruction with"
                    + " its stalls and who caused them.",
            "",
            "The loop that goes round most often is what is timed; what stands before it runs once. Without a loop, the whole"
                    + " snippet is run again and again, without the cost of a jump back. Code ends where the file's .text"
                    + " ends, or with a RET; data belongs in section .data.",
            "",
            "At the start EBX, ESI, EDI and EBP point at 2 KB or more of mapped zeros each (18000h, 19200h, 1A400h, 1B600h; in"
                    + " 16-bit modes all segments are 1000h, and BX is 8000h and so on), ECX holds the number of"
                    + " iterations, EAX, EDX and the flags are clear, and the stack is ready. Code begins at 10100h."
                    + " INT 30h leads to an IRET at level 0."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "2:bad input: one line on standard error says what and where",
            "3:the snippet faults, halts, or is left",
            "4:it does not come to an end"
        },
        footer = {
            "",
            "Examples:",
            "  orrery time loop.asm",
            "  orrery time loop.asm --machine 486dx2-66 --loop next --iterations 1000",
            "  orrery time old.asm --bits 16",
            "  echo 'mov eax, [esi]' | orrery time - --json"
        })
final class TimeCommand implements Callable<Integer> {
    private static final int MOST_ITERATIONS = 100_000;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main orrery;

    @Parameters(paramLabel = "FILE", description = "The snippet in NASM's syntax; - for standard input.")
    private String file;

    @Option(
            names = "--bits",
            paramLabel = "16|32",
            description = "The size of the code (default: what its BITS directive or the mode says, else 32).")
    private Integer bits;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            converter = ModeConverter.class,
            completionCandidates = ModeNames.class,
            description =
                    "The mode of the CPU: ${COMPLETION-CANDIDATES} (default: paged for 32-bit code, real for 16-bit code).")
    private Mode mode;

    @Mixin
    private MachineOptions machineOptions;

    @Option(names = "--loop", paramLabel = "LABEL", defaultValue = "", description = "Time the loop that begins there.")
    private String loop;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            defaultValue = "100",
            description = "Times round to measure, and the initial ECX (default: ${DEFAULT-VALUE}).")
    private int iterations;

    @Option(
            names = "--max-cycles",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Give up if one run takes longer (default: ${DEFAULT-VALUE}).")
    private long maxCycles;

    @Option(names = "-I", paramLabel = "DIR", description = "Look for included files there, too; may be repeated.")
    private List<Path> includes = new ArrayList<>();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Names for help and completion. */
    static final class ModeNames implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return Mode.labels().iterator();
        }
    }

    /** Reads a mode's name. */
    static final class ModeConverter implements ITypeConverter<Mode> {
        @Override
        public Mode convert(String value) {
            for (Mode mode : Mode.values()) {
                if (mode.label().equals(value)) {
                    return mode;
                }
            }
            throw new TypeConversionException("'" + value + "': expected one of " + String.join(", ", Mode.labels()));
        }
    }

    @Override
    public Integer call() throws IOException {
        checkNumbers();
        boolean standardInput = file.equals("-");
        byte[] bytes = standardInput ? orrery.in().readAllBytes() : InputFile.bytes(Path.of(file));
        String source = new String(bytes, StandardCharsets.ISO_8859_1);
        String name = standardInput ? "<stdin>" : file;
        try {
            Snippet snippet = Snippet.assemble(name, source, mode(source), SourceResolver.files(includes));
            Stopwatch stopwatch =
                    new Stopwatch(snippet, machineOptions.builder().build(), iterations, maxCycles);
            print(stopwatch.time(loop));
            return ExitStatus.OK;
        } catch (AssemblyException e) {
            return failed(e.diagnostics().get(0).toString(), ExitStatus.BAD_INPUT);
        } catch (SnippetException e) {
            return failed(e.getMessage(), status(e.kind()));
        }
    }

    private void checkNumbers() {
        if (iterations < 1 || iterations > MOST_ITERATIONS) {
            throw new UserError("--iterations " + iterations + ": expected 1 to " + MOST_ITERATIONS);
        }
        if (maxCycles < 1) {
            throw new UserError("--max-cycles " + maxCycles + ": expected a number of at least 1");
        }
    }

    private Mode mode(String source) {
        if (bits != null && bits != 16 && bits != 32) {
            throw new UserError("--bits " + bits + ": expected 16 or 32");
        }
        int inSource = Snippet.bits(source).orElse(0);
        int size = bits != null ? bits : mode != null ? mode.bits() : inSource == 0 ? 32 : inSource;
        if (mode != null && mode.bits() != size) {
            throw new UserError("--bits " + size + ": code in mode " + mode + " is " + mode.bits() + "-bit");
        }
        if (inSource != 0 && inSource != size) {
            throw new UserError("the source says BITS " + inSource + ", but " + size + "-bit code is asked for");
        }
        return mode != null ? mode : Mode.forBits(size);
    }

    private static int status(SnippetException.Kind kind) {
        return switch (kind) {
            case BAD_SOURCE -> ExitStatus.BAD_INPUT;
            case GUEST_FAULT -> ExitStatus.GUEST_CRASH;
            case RUNAWAY -> ExitStatus.CYCLE_LIMIT;
        };
    }

    private int failed(String line, int status) {
        spec.commandLine().getErr().println(line);
        return status;
    }

    private void print(Timed timed) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.of(timed));
        } else {
            boolean colour = spec.commandLine().getColorScheme().ansi().enabled();
            new TimeView(timed, new Output(out, colour)).print();
        }
        out.flush();
    }
}
