package org.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IsaCommandTest {
    @Test
    void shows_the_rows_of_a_mnemonic_in_any_case() {
        Result result = Result.of("isa", "add");
        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("ADD Eb, Gb", "clocks     1 register, 3 memory", "writes     CF, PF, AF, ZF, SF, OF");
    }

    @Test
    void prints_json() {
        Result result = Result.of("isa", "CLI", "--json");
        assertThat(result.status()).isZero();
        assertThat(result.out()).startsWith("[ {").contains("\"mnemonic\" : \"CLI\"", "\"encoding\" : \"FA\"");
    }

    @Test
    void says_where_the_clocks_are_published_and_what_the_keys_mean() {
        Result result = Result.of("isa", "pop");
        assertThat(result.out())
                .contains(
                        "published  POP r: 1 (S6 S7 S3, found; others: ",
                        "POP r (modrm form): 4 (S9 S1, recalled, unverified)")
                .contains("S7  M. Abrash, Graphics Programming Black Book")
                .doesNotContain("S4  ");
        assertThat(result.out().lines()).allMatch(line -> line.length() < 80);
        assertThat(Result.of("isa", "salc").out()).contains("published  nowhere: inferred");
    }

    @Test
    void suggests_near_mnemonics() {
        Result result = Result.of("isa", "INVLGP");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err().lines())
                .singleElement()
                .isEqualTo("orrery: the i486 has no instruction 'INVLGP'; near it: INVLPG");
    }
}
