package org.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void no_command_is_one_line_and_status_2() {
        Result result = Result.of();
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).isEqualToIgnoringNewLines("orrery: a command is missing (see 'orrery --help')");
    }

    @Test
    void an_unknown_option_is_one_line_and_status_2() {
        Result result = Result.of("completion", "--nonsense");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err().lines())
                .singleElement()
                .asString()
                .startsWith("orrery: ")
                .contains("--nonsense");
    }

    @Test
    void help_shows_the_exit_statuses() {
        Result result = Result.of("--help");
        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("the guest crashed", "cycle limit");
    }

    @Test
    void completion_is_a_script_for_bash() {
        Result result = Result.of("completion");
        assertThat(result.status()).isZero();
        assertThat(result.out()).startsWith("#!/usr/bin/env bash").contains("complete -F");
    }
}
