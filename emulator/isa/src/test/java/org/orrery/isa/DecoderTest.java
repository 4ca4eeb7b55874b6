package org.orrery.isa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DecoderTest {
    private final Decoder decoder = new Decoder(InstructionSet.i486());
    private final Instruction out = new Instruction();

    private int decode(String hex, boolean code32) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return decoder.decode(bytes, 0, bytes.length, code32, out);
    }

    private Instruction decoded(String hex, boolean code32) {
        assertThat(decode(hex, code32)).isEqualTo(hex.replace(" ", "").length() / 2);
        return out;
    }

    @Test
    void readsA32BitAddressWithIndexAndDisplacement() {
        Instruction i = decoded("8B 44 8B 10", true);
        assertThat(i.form.encoding()).isEqualTo("8B /r");
        assertThat(i.memory).isTrue();
        assertThat(new int[] {i.reg, i.base, i.index, i.scale, i.displacement, i.displacementSize})
                .containsExactly(0, 3, 1, 2, 16, 1);
        assertThat(i.effectiveSegment()).isEqualTo(3);
    }

    @Test
    void takesIndexFourAsNoIndexAndEspAsStackBase() {
        Instruction i = decoded("8B 44 24 FC", true);
        assertThat(i.base).isEqualTo(4);
        assertThat(i.index).isEqualTo(Instruction.NO_REGISTER);
        assertThat(i.displacement).isEqualTo(-4);
        assertThat(i.effectiveSegment()).isEqualTo(2);
    }

    @Test
    void takesBaseFiveWithModZeroAsAbsolute() {
        Instruction i = decoded("8B 04 AD 78 56 34 12", true);
        assertThat(i.base).isEqualTo(Instruction.NO_REGISTER);
        assertThat(i.index).isEqualTo(5);
        assertThat(i.scale).isEqualTo(2);
        assertThat(i.displacement).isEqualTo(0x12345678);
        assertThat(i.effectiveSegment()).isEqualTo(3);
        assertThat(decoded("8B 05 78 56 34 12", true).base).isEqualTo(Instruction.NO_REGISTER);
    }

    @Test
    void reads16BitAddresses() {
        Instruction i = decoded("8B 42 80", false);
        assertThat(new int[] {i.base, i.index, i.displacement}).containsExactly(5, 6, -128);
        assertThat(i.effectiveSegment()).isEqualTo(2);
        assertThat(decoded("8B 04", false).base).isEqualTo(6);
        assertThat(decoded("8B 46 00", false).base).isEqualTo(5);
        i = decoded("8B 06 00 80", false);
        assertThat(new int[] {i.base, i.index, i.displacement, i.displacementSize})
                .containsExactly(8, 8, -32768, 2);
    }

    @Test
    void letsTheLastSegmentAndTheLastRepPrefixWin() {
        Instruction i = decoded("F2 26 66 F3 65 66 F0 67 A5", true);
        assertThat(i.prefixCount).isEqualTo(8);
        assertThat(i.segment).isEqualTo(5);
        assertThat(i.rep).isEqualTo(0xF3);
        assertThat(i.lock).isTrue();
        assertThat(i.operand32).isFalse();
        assertThat(i.address32).isFalse();
        assertThat(i.form.mnemonic()).isEqualTo("MOVSW");
    }

    @Test
    void extendsImmediatesAsTheFormSays() {
        assertThat(decoded("83 C0 FF", false).immediate).isEqualTo(-1);
        assertThat(decoded("04 FF", false).immediate).isEqualTo(255);
        assertThat(decoded("6A FF", true).immediate).isEqualTo(-1);
        assertThat(decoded("66 05 FF FF", true).immediate).isEqualTo(0xFFFF);
        assertThat(decoded("EB FE", true).immediate).isEqualTo(-2);
        assertThat(decoded("E8 FE FF", false).immediate).isEqualTo(-2);
    }

    @Test
    void readsTwoImmediates() {
        Instruction i = decoded("C8 34 12 FF", true);
        assertThat(new int[] {i.immediate, i.immediate2}).containsExactly(0x1234, 255);
        i = decoded("EA 78 56 34 92 08 80", true);
        assertThat(new int[] {i.immediate, i.immediate2}).containsExactly(0x92345678, 0x8008);
        i = decoded("9A 78 96 08 80", false);
        assertThat(new int[] {i.immediate, i.immediate2}).containsExactly(0x9678, 0x8008);
    }

    @Test
    void readsAbsoluteOffsetsByAddressSize() {
        Instruction i = decoded("A1 78 56 34 92", true);
        assertThat(i.memory).isFalse();
        assertThat(new int[] {i.displacement, i.displacementSize, i.base}).containsExactly(0x92345678, 4, 8);
        assertThat(decoded("67 A1 00 80", true).displacement).isEqualTo(0x8000);
        assertThat(i.effectiveSegment()).isEqualTo(3);
    }

    @Test
    void choosesTheRowByOperandAndAddressSize() {
        assertThat(decoded("98", true).form.mnemonic()).isEqualTo("CWDE");
        assertThat(decoded("98", false).form.mnemonic()).isEqualTo("CBW");
        assertThat(decoded("67 E3 00", true).form.mnemonic()).isEqualTo("JCXZ");
        assertThat(decoded("66 E3 00", true).form.mnemonic()).isEqualTo("JECXZ");
        assertThat(decoded("F7 F1", true).form.clocks(Clock.R)).isEqualTo(40);
        assertThat(decoded("F7 F1", false).form.clocks(Clock.R)).isEqualTo(24);
    }

    @Test
    void ignoresModOfMovesToSystemRegisters() {
        Instruction i = decoded("0F 20 05", true);
        assertThat(i.form.operands()).containsExactly(Operand.RD, Operand.CD);
        assertThat(i.memory).isFalse();
        assertThat(i.rm).isEqualTo(5);
    }

    @Test
    void rejectsWhatNoFormHas() {
        assertThat(decode("0F 0B", true)).isEqualTo(Decoder.INVALID);
        assertThat(decode("8D C0", true)).isEqualTo(Decoder.INVALID);
        assertThat(decode("8E C8", true)).isEqualTo(Decoder.INVALID);
        assertThat(decode("8C F0", true)).isEqualTo(Decoder.INVALID);
        assertThat(decode("0F 20 C8", true)).isEqualTo(Decoder.INVALID);
        assertThat(decode("D9 D1", true)).isEqualTo(Decoder.INVALID);
        assertThat(decode("FF F8", true)).isEqualTo(Decoder.INVALID);
    }

    @Test
    void asksForMoreBytesAtEveryCut() {
        byte[] bytes = HexFormat.of().parseHex("2E66C784B3785634123412");
        for (int end = 0; end < bytes.length; end++) {
            assertThat(decoder.decode(bytes, 0, end, true, out)).isEqualTo(Decoder.TRUNCATED);
        }
        assertThat(decoder.decode(bytes, 0, bytes.length, true, out)).isEqualTo(bytes.length);
    }

    @Test
    void limitsInstructionsToFifteenBytes() {
        assertThat(decode("66".repeat(14) + "90", true)).isEqualTo(15);
        assertThat(decode("66".repeat(15) + "90", true)).isEqualTo(Decoder.TOO_LONG);
        assertThat(decode("66".repeat(14) + "05FFFF", true)).isEqualTo(Decoder.TOO_LONG);
        assertThat(decode("66".repeat(14), true)).isEqualTo(Decoder.TRUNCATED);
    }
}
