package org.orrery.pc.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.orrery.cpu.DeviceTiming;
import org.orrery.cpu.PhysicalMemory;

class TextDisplayTest {
    private final Bench bench = new Bench();
    private final TextDisplay display = new TextDisplay(bench.oscillator(TextDisplay.DOT_CLOCK_HZ, 1));
    private final PhysicalMemory memory = new PhysicalMemory(1 << 20);

    TextDisplayTest() {
        memory.map(TextDisplay.BASE, TextDisplay.LENGTH, display, DeviceTiming.ZERO_WAIT);
        bench.ports.attach(TextDisplay.CRTC_INDEX, TextDisplay.CRTC_INDEX + 1, display);
        bench.ports.attach(TextDisplay.STATUS, TextDisplay.STATUS, display);
    }

    @Test
    void textMemoryIsTheScreen() {
        memory.write16(0xB8000, 0x1F48);
        memory.write32(0xB8000 + 160, 0x07210769);
        assertThat(display.lines()).hasSize(25);
        assertThat(display.lines().get(0)).startsWith("H ").hasSize(80);
        assertThat(display.lines().get(1)).startsWith("i! ");
        assertThat(display.cell(0, 0)).isEqualTo(0x1F48);
        assertThat(memory.read8(0xB8001)).isEqualTo(0x1F);
        assertThat(memory.peek8(0xB8000)).isEqualTo('H');
    }

    @Test
    void isNeverCached() {
        assertThat(memory.cacheable(0x9F000)).isTrue();
        assertThat(memory.cacheable(0xA0000)).isFalse();
        assertThat(memory.cacheable(0xBFFFF)).isFalse();
        assertThat(memory.cacheable(0xC0000)).isTrue();
    }

    @Test
    void graphicsPlanesAreNotThere() {
        memory.write8(0xA0000, 1);
        assertThat(memory.read16(0xA0000)).isEqualTo(0xFFFF);
    }

    @Test
    void cursorAndStartAddressAreInTheCrtController() {
        bench.out(0x3D4, 0x0E);
        bench.out(0x3D5, 0x01);
        bench.ports.write(0x3D4, 2, 0x450F); // index and data by one word, as drivers do
        assertThat(display.cursor()).isEqualTo(0x145);
        assertThat(bench.in(0x3D5)).isEqualTo(0x45);
        bench.ports.write(0x3D4, 2, 0x500D);
        memory.write8(0xB8000 + 160, 'S');
        assertThat(display.lines().get(0)).startsWith("S");
        assertThat(display.cursor()).isEqualTo(0x145 - 80);
    }

    @Test
    void retraceComesSeventyTimesASecond() {
        int pulses = 0;
        boolean before = false;
        for (int i = 0; i < 50_000; i++) {
            bench.pass(1000);
            boolean now = (bench.in(TextDisplay.STATUS) & 8) != 0;
            pulses += now && !before ? 1 : 0;
            before = now;
        }
        assertThat(pulses).isEqualTo(70);
    }

    @Test
    void stateRoundTrips() {
        memory.write16(0xB8F9E, 0x0741);
        bench.ports.write(0x3D4, 2, 0x120F);
        byte[] state = Bench.save(display);
        TextDisplay copy = new TextDisplay(bench.oscillator(TextDisplay.DOT_CLOCK_HZ, 1));
        Bench.load(copy, state);
        assertThat(Bench.save(copy)).isEqualTo(state);
        assertThat(copy.lines().get(24)).endsWith("A");
    }
}
