package org.orrery.isa.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.orrery.isa.debug.DebugInfo.Kind;
import org.orrery.isa.debug.DebugInfo.Phase;
import org.orrery.isa.debug.DebugInfo.SourceLine;
import org.orrery.isa.debug.DebugInfo.Symbol;

class DebugInfoTest {
    private static final Layout TCB = new Layout(
            "tcb",
            12,
            List.of(new Layout.Field("state", 0, 1, 1, ""), new Layout.Field("queue", 4, 4, 2, "ready; or not")));

    private static DebugInfo kernel() {
        return new DebugInfo.Builder()
                .symbol(new Symbol("ipc_send", 0xF0000100, 0x40, Kind.FUNCTION))
                .symbol(new Symbol("table", 0xF0000200, 8, Kind.OBJECT))
                .symbol(new Symbol("start", 0x1000, 0, Kind.LABEL))
                .phase(new Phase("check message", 0xF0000100, 0xF0000110))
                .phase(new Phase("copy", 0xF0000110, 0xF0000120))
                .layout(TCB)
                .property("abi", "l4-v2")
                .line(new SourceLine(0xF0000100, 4, "ipc.asm", 12))
                .line(new SourceLine(0xF0000104, 2, "some macros.inc", 3))
                .build();
    }

    @Test
    void isTheSameAfterItsTextIsRead() {
        DebugInfo read = DebugInfo.read("x", kernel().toText());
        assertThat(read.toText()).isEqualTo(kernel().toText());
        assertThat(read.layout("tcb")).contains(TCB);
        assertThat(read.lines()).isEqualTo(kernel().lines());
    }

    @Test
    void describesAddressesBySymbols() {
        DebugInfo info = kernel();
        assertThat(info.describe(0xF0000112)).isEqualTo("ipc_send+0x12");
        assertThat(info.describe(0xF0000100)).isEqualTo("ipc_send");
        assertThat(info.describe(0xF0000140)).isEmpty();
        assertThat(info.describe(0x1010)).isEqualTo("start+0x10");
        assertThat(info.describe(0xFFF)).isEmpty();
        assertThat(info.symbol("table").orElseThrow().address()).isEqualTo(0xF0000200);
    }

    @Test
    void findsPhasesAndLines() {
        DebugInfo info = kernel();
        assertThat(info.phaseAt(0xF000010F).orElseThrow().name()).isEqualTo("check message");
        assertThat(info.phaseAt(0xF0000110).orElseThrow().name()).isEqualTo("copy");
        assertThat(info.phaseAt(0xF0000120)).isEmpty();
        assertThat(info.lineAt(0xF0000103).orElseThrow().line()).isEqualTo(12);
        assertThat(info.lineAt(0xF0000106)).isEmpty();
    }

    @Test
    void mergesAKernelAndItsModules() {
        DebugInfo module = new DebugInfo.Builder()
                .symbol(new Symbol("main", 0x400000, 0, Kind.FUNCTION))
                .property("abi", "other")
                .layout(TCB)
                .build();
        DebugInfo both = DebugInfo.merge(kernel(), module);
        assertThat(both.describe(0x400004)).isEqualTo("main+0x4");
        assertThat(both.symbol("ipc_send")).isPresent();
        assertThat(both.properties()).containsEntry("abi", "l4-v2");
        assertThat(both.layouts()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "frob                          | unknown keyword 'frob'",
                "symbol 10 4 label             | expected 'symbol ADDRESS SIZE KIND NAME'",
                "symbol xyz 4 label a          | expected an address in hexadecimal, found 'xyz'",
                "symbol 10 four label a        | expected a number, found 'four'",
                "symbol 10 4 thing a           | expected label, function or object, found 'thing'",
                "phase 10 20                   | expected 'phase START END NAME'",
                "field 0 4 1 x                 | a field before any struct",
                "line 10 4 5                   | a line before any file",
                "property abi                  | expected 'property KEY VALUE'",
                "symbol 123456789 4 label a    | expected an address in hexadecimal, found '123456789'",
            })
    void saysInWhichLineItsTextIsWrong(String line, String message) {
        assertThatThrownBy(() -> DebugInfo.read("k.debug", "orrery-debug 1\n\n" + line + "\n"))
                .isInstanceOf(DebugInfoException.class)
                .hasMessage("k.debug:3: " + message);
    }

    @Test
    void wantsItsHeader() {
        assertThatThrownBy(() -> DebugInfo.read("k", "")).hasMessage("k:1: expected 'orrery-debug 1'");
    }
}
