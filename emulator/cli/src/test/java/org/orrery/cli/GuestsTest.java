package org.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shared guests, ordinary gcc output for the i486, print exactly what their README says. */
class GuestsTest {
    @ParameterizedTest
    @CsvSource({
        "sieve, 1, 23c84d89",
        "hash, 1, f03b1692",
        "sort, 1, 5e21f3ec",
        "paging, 20000, 003947c0",
        "sysc, 100000, 42110281"
    })
    void prints_exactly_its_expected_output(String guest, int n, String checksum) {
        Result result = Result.of("run", Guests.shared(guest).toString(), "--append", "n=" + n);
        assertThat(result.out())
                .isEqualTo("BENCH " + guest + " n=" + n + "\r\nSTART\r\nchecksum=" + checksum + "\r\nEND\r\n");
        assertThat(result.status()).isZero();
        assertThat(result.err().lines())
                .singleElement()
                .asString()
                .matches("orrery: [\\d,]+ instructions, [\\d,]+ cycles, [\\d.]+ s simulated,"
                        + " [\\d.]+ s on the host: [\\d.]+x real time, [\\d.]+ MIPS");
    }
}
