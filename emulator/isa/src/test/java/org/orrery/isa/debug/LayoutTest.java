package org.orrery.isa.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {
    @Test
    void readsFieldsOneAfterTheOther() {
        List<Layout> layouts = Layout.read("t.layout", """
                ; threads
                struct tcb size 0x40   ; a control block
                  state  byte          ; see kernel.inc
                  flags  word 2
                  stack  dword at 8
                  whole  byte 4 at 8   ; again
                  name   16
                end

                struct pair
                  low dword
                  high qword
                end
                """);
        Layout tcb = layouts.get(0);
        assertThat(tcb.size()).isEqualTo(64);
        assertThat(tcb.fields())
                .extracting(Layout.Field::name, Layout.Field::offset, Layout.Field::size, Layout.Field::comment)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("state", 0, 1, "see kernel.inc"),
                        org.assertj.core.groups.Tuple.tuple("flags", 1, 4, ""),
                        org.assertj.core.groups.Tuple.tuple("stack", 8, 4, ""),
                        org.assertj.core.groups.Tuple.tuple("whole", 8, 4, "again"),
                        org.assertj.core.groups.Tuple.tuple("name", 12, 16, ""));
        assertThat(layouts.get(1).size()).isEqualTo(12);
        assertThat(tcb.fieldAt(10).orElseThrow().name()).isEqualTo("stack");
        assertThat(tcb.fieldAt(5)).isEmpty();
        assertThatThrownBy(() -> tcb.offset("nothing")).hasMessage("structure tcb has no field 'nothing'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x byte            | expected 'struct NAME', found 'x'",
                "struct            | expected 'struct NAME' or 'struct NAME size BYTES'",
                "struct 1x         | '1x' is not a name",
                "struct a~b~c      | structure a~b~c has no end",
                "struct a/struct b | structure a has no end",
                "struct a/x what   | expected a type or a number, found 'what'",
                "struct a/x byte 2 3   | expected 'FIELD TYPE [COUNT] [at OFFSET]', found '3' at its end",
                "struct a/x byte at    | expected 'FIELD TYPE [COUNT] [at OFFSET]', found 'at' at its end",
                "struct a/x byte at -4 | expected a number from 0 to 16777216, found '-4'",
                "struct a/x 99999999   | expected a number from 0 to 16777216, found '99999999'",
                "struct a size 2/x dword/end | the fields of structure a take 4 bytes, more than 2",
                "struct a/x byte/x byte/end  | structure a has two fields 'x'",
            })
    void saysInWhichLineAFileIsWrong(String text, String message) {
        assertThatThrownBy(() -> Layout.read("t.layout", text.replace('/', '\n') + "\n"))
                .isInstanceOf(LayoutException.class)
                .hasMessageStartingWith("t.layout:")
                .hasMessageEndingWith(": " + message);
    }
}
