package org.orrery.pc.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortSpaceTest {
    private final List<String> log = new ArrayList<>();
    private final PortSpace ports = new PortSpace();
    private final PortDevice device = new PortDevice() {
        @Override
        public int in(int port) {
            log.add("in %x".formatted(port));
            return port & 0xFF;
        }

        @Override
        public void out(int port, int value) {
            log.add("out %x %x".formatted(port, value));
        }

        @Override
        public int peek(int port) {
            return port + 1 & 0xFF;
        }
    };

    @Test
    void nobodyReadsAsAllOnesAndTakesAnything() {
        ports.write(0x8900, 1, 'S');
        assertThat(ports.read(0x8900, 1)).isEqualTo(0xFF);
        assertThat(ports.read(0x8900, 2)).isEqualTo(0xFFFF);
        assertThat(ports.read(0x8900, 4)).isEqualTo(-1);
        assertThat(ports.peek(0x8900)).isEqualTo(0xFF);
    }

    @Test
    void wideAccessesAreSplitLowestFirst() {
        ports.attach(0x10, 0x12, device);
        assertThat(ports.read(0x10, 4)).as("the fourth byte is nobody's").isEqualTo(0xFF121110);
        ports.write(0x11, 2, 0xBEEF);
        assertThat(log).containsExactly("in 10", "in 11", "in 12", "out 11 ef", "out 12 be");
    }

    @Test
    void peekLeavesTheDeviceAlone() {
        ports.attach(0x10, 0x10, device);
        assertThat(ports.peek(0x10)).isEqualTo(0x11);
        assertThat(log).isEmpty();
    }

    @Test
    void portsWrapAtTheTop() {
        ports.attach(0, 0, device);
        assertThat(ports.read(0xFFFF, 2)).isEqualTo(0x00FF);
    }

    @Test
    void twoDevicesCannotShareAPort() {
        ports.attach(0x10, 0x12, device);
        assertThatThrownBy(() -> ports.attach(0x12, 0x13, device))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("port 12h is already taken");
    }
}
