package org.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the commands' help says of them. */
class HelpTest {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final String PROGRAM = "orrery ";

    private static CommandLine orrery() {
        return Main.commandLine(InputStream.nullInputStream(), OutputStream.nullOutputStream());
    }

    /** All commands, by name, but those that picocli and the shell's completion bring. */
    static Stream<String> commands() {
        return names(orrery()).filter(name -> !name.endsWith("help") && !name.endsWith("completion"));
    }

    private static Stream<String> names(CommandLine command) {
        Stream<String> own = Stream.of(command.getCommandSpec().qualifiedName());
        return Stream.concat(own, command.getSubcommands().values().stream().flatMap(HelpTest::names));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_example_is_a_command_that_there_is(String name) {
        List<String> examples = examples(name);
        assertThat(examples).isNotEmpty();
        for (String example : examples) {
            assertThatCode(() -> orrery().parseArgs(words(example).toArray(String[]::new)))
                    .as(example)
                    .doesNotThrowAnyException();
        }
    }

    private static List<String> examples(String name) {
        CommandLine command = orrery();
        for (String word : name.split(" ")) {
            command = word.equals(PROGRAM.strip())
                    ? command
                    : command.getSubcommands().get(word);
        }
        return Arrays.stream(command.getCommandSpec().usageMessage().footer())
                .filter(line -> line.startsWith("  ") && line.contains(PROGRAM))
                .toList();
    }

    /** The words behind the program's name, up to the shell's redirections. */
    private static List<String> words(String example) {
        String arguments = example.substring(example.indexOf(PROGRAM) + PROGRAM.length());
        Matcher matcher = WORD.matcher(arguments.replaceFirst(" (2>|<|>|\\|).*", ""));
        List<String> words = new ArrayList<>();
        while (matcher.find()) {
            words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        return words;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void help_without_colour_has_none_and_fits_a_terminal(String name) {
        Result help = Result.of((name + " --help").substring(PROGRAM.length()).split(" "));
        assertThat(help.status()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).contains("Usage: " + name).doesNotContain("\u001B");
        assertThat(help.out().lines()).allMatch(line -> line.length() <= 80);
    }
}
