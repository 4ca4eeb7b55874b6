package org.orrery.debugger.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandRegistryTest {
    private final CommandRegistry registry = new CommandRegistry();
    private final StringWriter printed = new StringWriter();
    private final Output out = new Output(new PrintWriter(printed), false);

    @BeforeEach
    void fill() {
        registry.add(List.of(
                echo("step", "s"),
                echo("x"),
                echo("info registers"),
                echo("info symbols"),
                echo("stack"),
                echo("print", "p")));
    }

    private static Command echo(String name, String... aliases) {
        return Command.named(name, aliases).runs((arguments, out) -> out.line(name + ": " + arguments));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s 3 | step: 3",
                "ste | step:",
                "x/16wx esp | x: /16wx esp",
                "x /4i main | x: /4i main",
                "info r eax | info registers: eax",
                "i s | info symbols:",
                "p 4/2 | print: 4/2",
                "P/x 1 | print: /x 1"
            })
    void namesAliasesAndBeginningsAreFound(String line, String result) {
        registry.execute(line, out);
        assertThat(printed.toString().strip()).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "st | 'st' can be step, stack; type more of it",
                "frob 1 | there is no command 'frob'; 'help' lists all",
                "info | 'info' is not complete: info registers, info symbols"
            })
    void otherLinesAreRefusedInOneLine(String line, String message) {
        assertThatThrownBy(() -> registry.execute(line, out)).hasMessage(message);
    }

    @Test
    void blankLinesAndCommentsDoNothing() {
        registry.execute("  ", out);
        registry.execute("# a comment", out);
        assertThat(printed.toString()).isEmpty();
    }
}
