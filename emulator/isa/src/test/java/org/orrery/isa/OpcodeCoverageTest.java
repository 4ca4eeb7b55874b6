package org.orrery.isa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Compares what the table defines with the opcode maps of the manual, written here as the bytes that are undefined. */
class OpcodeCoverageTest {
    private static final String PREFIXES = "0F 26 2E 36 3E 64 65 66 67 F0 F2 F3";
    private static final String DEFINED_0F =
            "00 01 02 03 06 08 09 20 21 22 23 24 26 80-8F 90-9F A0-A5 A8 A9 AB AC AD AF B0-B7 BA-BF C0 C1 C8-CF A2";

    /** Opcode, then the digits that are undefined for memory, then those undefined for registers. */
    private static final String[] UNDEFINED_DIGITS = {
        "62 - 01234567",
        "8C 67 67",
        "8D - 01234567",
        "8E 167 167",
        "8F 1234567 1234567",
        "C4 - 01234567",
        "C5 - 01234567",
        "C6 1234567 1234567",
        "C7 1234567 1234567",
        "FE 234567 234567",
        "FF 7 357",
        "0F00 67 67",
        "0F01 5 012357",
        "0F20 14567 14567",
        "0F22 14567 14567",
        "0F24 012 012",
        "0F26 012 012",
        "0FB2 - 01234567",
        "0FB4 - 01234567",
        "0FB5 - 01234567",
        "0FBA 0123 0123",
        "D9 1 -",
        "DB 146 -",
        "DD 15 -",
        "DF 1 -",
    };

    /** The x87 opcodes with mod 3: escape byte, then the ModR/M bytes that are undefined. */
    private static final String[] UNDEFINED_X87 = {
        "D9 D1-D7 E2 E3 E6 E7 EF", "DA C0-E8 EA-FF", "DB C0-DF E5-FF", "DD F0-FF", "DE D8 DA-DF", "DF E1-FF",
    };

    private final Decoder decoder = new Decoder(InstructionSet.i486());
    private final Instruction out = new Instruction();

    @Test
    void definesExactlyTheOpcodesOfTheI486() {
        boolean[][] defined = defined();
        List<Integer> prefixes = values(PREFIXES);
        List<String> wrong = new ArrayList<>();
        for (int opcode = 0; opcode < 0x200; opcode++) {
            for (int modRm = 0; modRm < 0x100 && !prefixes.contains(opcode); modRm++) {
                if (isValid(opcode, modRm) != defined[opcode][modRm]) {
                    wrong.add(Integer.toHexString(opcode) + " " + Integer.toHexString(modRm));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private boolean isValid(int opcode, int modRm) {
        byte[] bytes = new byte[16];
        int at = 0;
        if (opcode >= 0x100) {
            bytes[at++] = 0x0F;
        }
        bytes[at++] = (byte) opcode;
        bytes[at] = (byte) modRm;
        int length = decoder.decode(bytes, 0, bytes.length, true, out);
        assertThat(length).isNotIn(Decoder.TRUNCATED, Decoder.TOO_LONG);
        return length > 0;
    }

    /** By opcode (100h and more after 0F) and the byte that follows it. */
    private static boolean[][] defined() {
        boolean[][] defined = new boolean[0x200][0x100];
        for (int opcode = 0; opcode < 0x100; opcode++) {
            Arrays.fill(defined[opcode], true);
        }
        values(DEFINED_0F).forEach(opcode -> Arrays.fill(defined[0x100 | opcode], true));
        for (String line : UNDEFINED_DIGITS) {
            String[] columns = line.split(" ");
            boolean twoByte = columns[0].startsWith("0F");
            boolean[] bytes =
                    defined[Integer.parseInt(columns[0].substring(twoByte ? 2 : 0), 16) | (twoByte ? 0x100 : 0)];
            for (int modRm = 0; modRm < 0x100; modRm++) {
                String digits = columns[modRm < 0xC0 ? 1 : 2];
                bytes[modRm] &= digits.indexOf('0' + (modRm >> 3 & 7)) < 0;
            }
        }
        for (String line : UNDEFINED_X87) {
            boolean[] bytes = defined[Integer.parseInt(line.substring(0, 2), 16)];
            values(line.substring(3)).forEach(modRm -> bytes[modRm] = false);
        }
        return defined;
    }

    /** The numbers of {@code 00 80-8F}. */
    private static List<Integer> values(String text) {
        List<Integer> values = new ArrayList<>();
        for (String part : text.split(" ")) {
            int first = Integer.parseInt(part.substring(0, 2), 16);
            int last = part.length() == 2 ? first : Integer.parseInt(part.substring(3), 16);
            for (int value = first; value <= last; value++) {
                values.add(value);
            }
        }
        return values;
    }
}
