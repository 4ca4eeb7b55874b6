package org.orrery.isa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstructionSetTest {
    private final InstructionSet i486 = InstructionSet.i486();

    @Test
    void findsRowsByMnemonicInAnyCase() {
        assertThat(i486.forms("xadd")).extracting(Form::encoding).containsExactly("0F C0 /r", "0F C1 /r");
        assertThat(i486.forms("nonsense")).isEmpty();
    }

    @Test
    void findsRowsByOtherNames() {
        assertThat(i486.forms("je")).isEqualTo(i486.forms("JZ")).hasSize(2);
        assertThat(i486.forms("SAL")).extracting(Form::encoding).contains("D1 /4", "D1 /6");
        assertThat(i486.forms("PUSHA")).extracting(Form::mnemonic).containsExactly("PUSHA", "PUSHAD");
        assertThat(i486.forms("PUSHAW")).extracting(Form::mnemonic).containsExactly("PUSHA");
        assertThat(i486.forms("RETFD")).isEqualTo(i486.forms("RETF")).hasSize(2);
        assertThat(i486.forms("FSTSW")).extracting(Form::encoding).containsExactly("DD /7", "DF E0");
    }

    @Test
    void givesMasksOfFlags() {
        Form adc = i486.forms("ADC").get(0);
        assertThat(adc.flagsRead()).isEqualTo(0x001);
        assertThat(adc.flagsWritten()).isEqualTo(0x8D5);
        Form and = i486.forms("AND").get(0);
        assertThat(and.flagsWritten()).isEqualTo(0x8C5);
        assertThat(and.flagsUndefined()).isEqualTo(0x010);
    }

    @Test
    void usesEveryClockKeyAndOperandKindAndNumbersTheRows() {
        for (Clock clock : Clock.values()) {
            assertThat(i486.forms()).as(clock.key()).anyMatch(form -> form.clocks(clock) >= 0);
        }
        for (Operand operand : Operand.values()) {
            assertThat(i486.forms())
                    .as(operand.name())
                    .anyMatch(form -> form.operands().contains(operand));
        }
        for (int i = 0; i < i486.forms().size(); i++) {
            assertThat(i486.forms().get(i).index()).isEqualTo(i);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "00 /r | ADD Eb,Gb | r 1 | - | - ! 6 columns expected, found 5",
                "G0 /r | ADD Eb,Gb | r 1 | - | - | ! malformed encoding",
                "00 /8 | ADD Eb,Gb | r 1 | - | - | ! malformed encoding",
                "00 /r | ADD Eq,Gb | r 1 | - | - | ! unknown operand 'Eq'",
                "00 /r | add Eb,Gb | r 1 | - | - | ! malformed mnemonic 'add'",
                "00 /r | ADD Eb,Gb | r | - | - | ! 'key number' expected",
                "00 /r | ADD Eb,Gb | q 1 | - | - | ! unknown clock key 'q'",
                "00 /r | ADD Eb,Gb | r 1; r 2 | - | - | ! clock key 'r' twice",
                "00 /r | ADD Eb,Gb | r x | - | - | ! number of clocks expected",
                "00 /r | ADD Eb,Gb | r 1; min 3; max 2 | - | - | ! range of clocks",
                "00 /r | ADD Eb,Gb | r 1 | w:X | - | ! unknown flag 'X'",
                "00 /r | ADD Eb,Gb | r 1 | w:C u:C | - | ! both written and undefined",
                "00 /r | ADD Eb,Gb | r 1 | - | XX | ! unknown fault 'XX'",
                "00 /r | ADD Eb,Gb | r 1 | - | - | funny ! unknown note 'funny'",
                "80 /0 | ADD Eb,Ib | r 1 | - | - | ! the operands need 'ib'",
                "40 | INC Zv | r 1 | - | - | ! +r and a Z operand go together",
                "00 | ADD Eb,Gb | r 1 | - | - | ! needs a ModR/M byte",
            })
    void refusesARowThatBreaksTheGrammar(String row, String message) {
        assertThatThrownBy(() -> InstructionSet.parse("test.isa", "# header\n" + row + "\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("test.isa:2: ")
                .hasMessageContaining(message);
    }

    @Test
    void refusesTwoRowsForTheSameBytes() {
        String rows = """
                80 /0 ib | ADD Eb,Ib | r 1 | - | - |
                80 /1 ib | OR Eb,Ib | r 1 | - | - |

                80 /1 ib | XOR Eb,Ib | r 1 | - | - |
                """;
        assertThatThrownBy(() -> InstructionSet.parse("test.isa", rows))
                .hasMessage("test.isa:4: same bytes as 80 /1 ib OR");
    }
}
