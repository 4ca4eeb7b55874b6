package org.orrery.cpu.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({"13, F6C85A, 'test al,0x5a'", "13, D9E8DDD5, fld1"})
    void a_difference_is_shrunk_to_the_instruction_that_makes_it(long seed, String code, String words) {
        Comparison comparison = new Comparison(unicorn);
        Program program = comparison.generate(seed);
        assertThat(comparison.differences(program)).isEmpty();
        Program wrong = with(program, HexFormat.of().parseHex(code));
        List<String> lines = comparison.explain(wrong).lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(lines.size() - 3)).contains("  " + words);
    }

    /** Replaces an instruction by code on which Unicorn differs, and NOPs. */
    private static Program with(Program program, byte[] code) {
        int index = program.steps().size() / 2;
        while (program.steps().get(index).bytes().length < code.length || program.without(index) == null) {
            index++;
        }
        Program.Step old = program.steps().get(index);
        byte[] test = new byte[old.bytes().length];
        Arrays.fill(test, (byte) NOP);
        System.arraycopy(code, 0, test, 0, code.length);
        byte[] image = program.image().clone();
        int at = old.linear() - program.code().linear();
        for (int i = 0; i < test.length; i++) {
            image[program.code().pageAddress((at + i) / Layout.PAGE) + (at + i) % Layout.PAGE] = test[i];
        }
        List<Program.Step> steps = new ArrayList<>(program.steps());
        steps.set(index, new Program.Step(old.linear(), test, old.code32(), old.anyFlags(), false));
        return new Program(program.seed(), program.scenario(), program.code(), image, steps, program.until());
    }
}
