package org.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.orrery.cli.system.SystemLoader;
import org.orrery.isa.asm.Assembler;
import org.orrery.isa.asm.SourceResolver;
import org.orrery.isa.asm.SourceResolver.Source;
import org.orrery.kernel.KernelBuild;
import org.orrery.pc.Machine;
import org.orrery.pc.Outcome;
import org.orrery.pc.profile.Profile;
import org.orrery.servers.GuestSystem;

/** The checks of the kernel find what they look for: kernels that lack one instruction each do not survive the hostile tasks. */
class KernelChecksTest {
    private static final int CALLS = 20_000;
    private static final long CYCLES = 2_000_000_000;
    private static final int PANIC = 101;

    /** The kernel's sources, in one of which the first occurrence of an instruction after a label is left out. */
    private static SourceResolver without(String file, String label, String instruction) {
        SourceResolver sources = KernelBuild.sources();
        return (name, includer) -> sources.find(name, includer)
                .map(source -> name.equals(file) ? new Source(name, cut(source, label, instruction)) : source);
    }

    private static byte[] cut(Source source, String label, String instruction) {
        String text = new String(source.content(), StandardCharsets.UTF_8);
        int start = text.indexOf('\n' + label + ":\n");
        int at = text.indexOf(instruction + '\n', start);
        assertThat(start).as(label).isNotNegative();
        assertThat(at).as(instruction).isNotNegative();
        return (text.substring(0, at) + text.substring(at + instruction.length())).getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schedule.asm | ring_remove | mov     [eax + ring.previous], ebx | a link points to the wrong place",
                "timer.asm | time_out | call    stop_timeout | a thread that does not wait has a timeout",
                "ipc-slow.asm | wake_and_return | call    make_ready | a ready thread is in no ring",
                "message.asm | unlock_partners | mov     dword [ebx + tcb.sender], 0 | the two of a transfer disagree",
                "mapdb.asm | remove_mapping | mov     [eax + mapping.previous], edx | the next's previous is another",
                "unmap.asm | .protect | call    protect_derived | a child can write, but its parent cannot",
            })
    void aKernelThatLacksAnInstructionPanics(String file, String label, String instruction, String line) {
        byte[] kernel = new Assembler(without(file, label, instruction))
                .define("CHECKS", "1")
                .assemble("kernel.asm")
                .toElf();
        StringBuilder output = new StringBuilder();
        Machine machine = Machine.builder(Profile.byName(Profile.DEFAULT))
                .console(c -> output.append((char) c))
                .build();
        SystemLoader.load(machine, "kernel", GuestSystem.hostile(1, CALLS).withKernel(kernel));
        Outcome outcome = machine.run(CYCLES);
        assertThat(outcome.exitStatus()).as("%s%n%s", outcome, output).isEqualTo(PANIC);
        assertThat(output).contains("kernel panic", line);
    }
}
