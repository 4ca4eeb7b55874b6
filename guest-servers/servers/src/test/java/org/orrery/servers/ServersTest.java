package org.orrery.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServersTest {
    @ParameterizedTest
    @MethodSource("org.orrery.servers.Programs#names")
    void sameSourcesGiveTheSameBytesAndNoWarning(String name) {
        assertThat(Servers.assemble(name).toElf())
                .isEqualTo(Servers.assemble(name).toElf());
        assertThat(Servers.assemble(name).warnings()).isEmpty();
    }

    @Test
    void theShippedServersAreTheAssembledOnes() {
        assertThat(Servers.sigma0()).isEqualTo(Servers.assemble("sigma0").toElf());
        assertThat(Servers.ping()).isEqualTo(Servers.assemble("ping").toElf());
        assertThat(Servers.pong()).isEqualTo(Servers.assemble("pong").toElf());
    }

    @Test
    void aProgramCanBeLinkedElsewhere() {
        assertThat(Servers.assemble("pong", 0x400000).valueOf("_start")).isEqualTo(0x400000);
    }
}
