package org.orrery.pc.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemorySizeTest {
    @ParameterizedTest
    @CsvSource({
        "16M, 16777216",
        "4096K, 4194304",
        "1m, 1048576",
        "256MB, 268435456",
        "32 MiB, 33554432",
        "1028K, 1052672"
    })
    void readsWhatPeopleWrite(String text, int bytes) {
        assertThat(MemorySize.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "16", "-1M", "lots", "16MM", "0x10M", "1.5M", "99999999999999999999M"})
    void saysWhatItExpected(String text) {
        assertThatThrownBy(() -> MemorySize.parse(text))
                .isInstanceOf(ProfileException.class)
                .hasMessage("memory size '" + text + "': expected a number with K, M or G, such as 16M");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0M", "640K", "257M", "1G", "999999999999G"})
    void keepsWithinWhatAMachineCanHave(String text) {
        assertThatThrownBy(() -> MemorySize.parse(text))
                .isInstanceOf(ProfileException.class)
                .hasMessage("memory size '" + text + "': must be from 1M to 256M");
    }

    @Test
    void wantsWholePages() {
        assertThatThrownBy(() -> MemorySize.parse("1025K")).hasMessage("memory size '1025K': must be a multiple of 4K");
    }

    @Test
    void writesWhatItReads() {
        assertThat(MemorySize.format(16 << 20)).isEqualTo("16M");
        assertThat(MemorySize.format(1028 << 10)).isEqualTo("1028K");
    }
}
