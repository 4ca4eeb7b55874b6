package org.orrery.cpu.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DifferentialTest {
    private static final int INSTRUCTIONS = 2_000_000;
    private static final int NOP = 0x90;

    private static Unicorn unicorn;

    @BeforeAll
    static void open() {
        unicorn = Unicorn.open();
        assumeTrue(unicorn != null, "libunicorn 2 is not installed");
    }

    @Test
    void two_million_instructions_do_the_same_in_unicorn() {
        Comparison comparison = new Comparison(unicorn);
        int instructions = 0;
        for (long seed = 0; instructions < INSTRUCTIONS; seed++) {
            Program program = comparison.generate(seed);
            instructions += program.steps().size();
            if (!comparison.differences(program).isEmpty()) {
                fail(comparison.explain(program));
            }
        }
    }

    @Test
    void a_difference_is_shrunk_to_the_instruction_that_makes_it() {
        Comparison comparison = new Comparison(unicorn);
        Program program = comparison.generate(1);
        assertThat(comparison.differences(program)).isEmpty();
        Program wrong = withUnknownTest(program);
        assertThat(comparison.explain(wrong).lines().filter(line -> line.contains("  test al,0x5a")))
                .hasSize(1);
        assertThat(comparison.explain(wrong).lines().count()).isEqualTo(4);
    }

    /** Replaces an instruction by the encoding of TEST that Unicorn does not know, and NOPs. */
    private static Program withUnknownTest(Program program) {
        int index = program.steps().size() / 2;
        while (program.steps().get(index).bytes().length < 3 || program.without(index) == null) {
            index++;
        }
        Program.Step old = program.steps().get(index);
        byte[] test = new byte[old.bytes().length];
        Arrays.fill(test, (byte) NOP);
        new Emitter(test, 0).bytes(0xF6, 0xC8, 0x5A);
        byte[] image = program.image().clone();
        int at = old.linear() - program.code().linear();
        for (int i = 0; i < test.length; i++) {
            image[program.code().pageAddress((at + i) / Layout.PAGE) + (at + i) % Layout.PAGE] = test[i];
        }
        List<Program.Step> steps = new ArrayList<>(program.steps());
        steps.set(index, new Program.Step(old.linear(), test, old.code32(), old.anyFlags()));
        return new Program(program.seed(), program.scenario(), program.code(), image, steps, program.until());
    }
}
