package org.orrery.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.orrery.isa.asm.Assembly;
import org.orrery.kernel.KernelBuild;
import org.orrery.kernel.KernelOptions;
import org.orrery.kernel.Optimisation;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What is done with the microkernel as such. */
@Command(
        name = "kernel",
        mixinStandardHelpOptions = true,
        header = "Build variants of the microkernel.",
        description = "Build variants of the microkernel, to be run and compared.",
        subcommands = KernelCommand.Build.class,
        footer = {
            "",
            "Examples:",
            "  orrery kernel build -o k.elf",
            "  orrery kernel build --without lazy-scheduling -o strict.elf",
            "  orrery run --kernel strict.elf",
            "  orrery compare k.elf strict.elf"
        })
final class KernelCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: build");
    }

    /** Builds a kernel with options. */
    @Command(
            name = "build",
            mixinStandardHelpOptions = true,
            header = "Build the microkernel with options.",
            description = {
                "Build the microkernel as a multiboot ELF file. It works with every set of options.",
                "Each --without takes back one design decision of Table 1 of the 1993 paper on fast IPC."
            },
            footer = {
                "",
                "Examples:",
                "  orrery kernel build --without lazy-scheduling -o k.elf",
                "  orrery kernel build --timer-us 1000 --debug --checks -o k.elf -l k.lst"
            })
    static final class Build implements Callable<Integer> {
        @Option(
                names = "--without",
                paramLabel = "OPTIMISATION",
                converter = OptimisationName.class,
                completionCandidates = OptimisationNames.class,
                description = "Leave out one of ${COMPLETION-CANDIDATES}; may be repeated.")
        private List<Optimisation> without = new ArrayList<>();

        @Option(
                names = "--timer-us",
                paramLabel = "N",
                defaultValue = "2000",
                description = "Microseconds from one timer interrupt to the next (default: ${DEFAULT-VALUE}).")
        private int tickMicros;

        @Option(
                names = "--message-registers",
                paramLabel = "N",
                defaultValue = "2",
                description = "Words of a short message that stay in registers, 0 to 2; the others go through memory"
                        + " (default: ${DEFAULT-VALUE}).")
        private int messageRegisters;

        @Option(names = "--debug", description = "Say on COM1 which thread an exception halts.")
        private boolean debug;

        @Option(names = "--checks", description = "Check the kernel's invariants after each system call.")
        private boolean checks;

        @Option(
                names = "-o",
                paramLabel = "FILE",
                defaultValue = "kernel.elf",
                description = "The output (default: ${DEFAULT-VALUE}).")
        private Path output;

        @Option(names = "-l", paramLabel = "FILE", description = "Write a listing: addresses, bytes, source lines.")
        private Path listing;

        @Override
        public Integer call() throws IOException {
            Assembly kernel = KernelBuild.assemble(options());
            Files.write(output, kernel.toElf());
            if (listing != null) {
                Files.writeString(listing, kernel.listing());
            }
            return ExitStatus.OK;
        }

        private KernelOptions options() {
            KernelOptions options = KernelOptions.DEFAULT.withDebug(debug).withChecks(checks);
            options = with("--timer-us", tickMicros, options::withTickMicros);
            options = with("--message-registers", messageRegisters, options::withMessageRegisters);
            for (Optimisation optimisation : without) {
                options = options.without(optimisation);
            }
            return options;
        }

        private static KernelOptions with(String name, int value, IntFunction<KernelOptions> option) {
            try {
                return option.apply(value);
            } catch (IllegalArgumentException e) {
                throw new UserError(name + ": " + e.getMessage());
            }
        }
    }

    /** Names of optimisations, as they are typed. */
    static final class OptimisationName implements ITypeConverter<Optimisation> {
        @Override
        public Optimisation convert(String name) {
            return Stream.of(Optimisation.values())
                    .filter(o -> o.label().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "expected one of " + String.join(", ", new OptimisationNames()) + ", not '" + name + "'"));
        }
    }

    /** All those names. */
    static final class OptimisationNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(Optimisation.values()).map(Optimisation::label).iterator();
        }
    }
}
