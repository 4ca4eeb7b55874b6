package org.orrery.pc.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadAddressTest {
    @Test
    void aNumberIsForProtectedMode() {
        assertThat(LoadAddress.parse("0x100000")).isEqualTo(new LoadAddress(false, 0, 0x100000));
        assertThat(LoadAddress.parse("4096")).isEqualTo(new LoadAddress(false, 0, 4096));
    }

    @Test
    void aPairIsForRealMode() {
        LoadAddress address = LoadAddress.parse("07C0:0010");
        assertThat(address).isEqualTo(new LoadAddress(true, 0x7C0, 0x10));
        assertThat(address.physical()).isEqualTo(0x7C10);
        assertThat(LoadAddress.parse("0x7c0:0x0")).isEqualTo(new LoadAddress(true, 0x7C0, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "top", "100000h", "0x", "1:2:3", "12345:0", "0x123456789", "-1", "9999999999"})
    void anythingElseIsExplained(String text) {
        assertThatThrownBy(() -> LoadAddress.parse(text))
                .isInstanceOf(BootException.class)
                .hasMessage(
                        "load address '" + text + "': expected 0x100000 for protected mode or 07C0:0000 for real mode");
    }
}
