package org.orrery.cli.conform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DeparturesTest {
    @Test
    void a_shift_by_one_defines_its_overflow_flag() {
        assertThat(undefined(0xC1, 0xE0, 0x01, 0xF4)).isEqualTo(0x010);
        assertThat(undefined(0xC1, 0xE0, 0x02, 0xF4)).isEqualTo(0x810);
        assertThat(undefined(0xC1, 0xE0, 0x20, 0xF4)).isZero();
    }

    @Test
    void a_rule_holds_for_captures_that_meet_all_its_conditions() {
        Departures departures = Departures.parse("test", "a | is:NOP exception:6 | incomparable | because");
        assertThat(departures.about(situation(6, 0x90, 0xF4))).hasSize(1);
        assertThat(departures.about(situation(13, 0x90, 0xF4))).isEmpty();
        assertThat(departures.about(situation(6, 0x40, 0xF4))).isEmpty();
    }

    @Test
    void an_instruction_that_must_fault_is_expected_to_push_its_own_address() {
        Situation situation = situation(-1, 0xF0, 0x90, 0xF4);
        Expectation expected = Departure.faults(6).apply(Expectation.exactly(situation.capture()), situation);
        assertThat(new CaptureRunner().run(expected)).isEmpty();
        assertThat(expected.capture().exception()).isEqualTo(6);
        assertThat(expected.capture().after().memory())
                .containsEntry(0xFFFA, 0x00)
                .containsEntry(0xFFFB, 0x10);
    }

    @Test
    void mistakes_in_the_table_are_named_by_line() {
        assertThatThrownBy(() -> Departures.parse("t", "# head\na | sometimes | incomparable | b"))
                .hasMessage("t:2: unknown condition 'sometimes'");
        assertThatThrownBy(() -> Departures.parse("t", "a | - | ignored | b"))
                .hasMessage("t:1: unknown expectation 'ignored'");
        assertThatThrownBy(() -> Departures.parse("t", "a | -")).hasMessage("t:1: 4 columns expected, found 2");
    }

    private static int undefined(int... code) {
        return situation(-1, code).flagsUndefined();
    }

    private static Situation situation(int exception, int... code) {
        Map<Register, Integer> registers = new EnumMap<>(Register.class);
        for (Register register : Register.values()) {
            registers.put(register, 0);
        }
        registers.put(Register.IP, 0x1000);
        registers.put(Register.FLAGS, 2);
        TreeMap<Integer, Integer> memory = new TreeMap<>();
        byte[] bytes = new byte[code.length];
        for (int i = 0; i < code.length; i++) {
            bytes[i] = (byte) code[i];
            memory.put(0x1000 + i, code[i]);
        }
        ProcessorState before = new ProcessorState(registers, memory);
        ProcessorState after = new ProcessorState(Map.of(), new TreeMap<>());
        return Situation.of(new Capture(0, "test", bytes, before, after, exception));
    }
}
