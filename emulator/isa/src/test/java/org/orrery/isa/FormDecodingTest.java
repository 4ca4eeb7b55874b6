package org.orrery.isa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Makes the bytes of every row from its encoding column and decodes them. */
class FormDecodingTest {
    private static final Map<Boolean, List<AddressSample>> ADDRESSES =
            Map.of(false, AddressSample.all(false), true, AddressSample.all(true));

    private final InstructionSet table = InstructionSet.i486();
    private final Decoder decoder = new Decoder(table);
    private final Instruction out = new Instruction();
    private int decoded;

    @Test
    void everyRowDecodesInEachModeWithEachAddress() {
        for (Form form : table.forms()) {
            int before = decoded;
            for (boolean code32 : new boolean[] {false, true}) {
                for (int size = 0; size < 4; size++) {
                    boolean operand32 = (size & 1) != 0;
                    boolean address32 = (size & 2) != 0;
                    if (!form.has(operand32 ? "o16" : "o32") && !form.has(address32 ? "a16" : "a32")) {
                        decodeAll(form, code32, operand32, address32);
                    }
                }
            }
            assertThat(decoded).as(form.toString()).isGreaterThan(before);
        }
    }

    private void decodeAll(Form form, boolean code32, boolean operand32, boolean address32) {
        Encoding encoding = table.encoding(form);
        byte[] immediates = immediates(form, operand32, address32);
        for (byte[] opcode : opcodes(form, encoding)) {
            for (Tail tail : tails(form, encoding, address32)) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                if (operand32 != code32) {
                    bytes.write(0x66);
                }
                if (address32 != code32) {
                    bytes.write(0x67);
                }
                bytes.writeBytes(opcode);
                bytes.writeBytes(tail.bytes);
                bytes.writeBytes(immediates);
                decode(form, bytes.toByteArray(), code32);
                tail.check(out);
                checkImmediates(form, operand32, address32);
            }
        }
    }

    private void decode(Form form, byte[] bytes, boolean code32) {
        int length = decoder.decode(bytes, 0, bytes.length, code32, out);
        decoded++;
        if (length != bytes.length || out.form != form || out.length != length) {
            throw new AssertionError(
                    HexFormat.of().formatHex(bytes) + " of " + form + " gives " + length + " " + out.form);
        }
    }

    private static List<byte[]> opcodes(Form form, Encoding encoding) {
        List<byte[]> opcodes = new ArrayList<>();
        boolean besideNop = form.encoding().equals("90+r");
        for (int register = besideNop ? 1 : 0; register < (encoding.plusRegister() ? 8 : 1); register++) {
            byte opcode = (byte) (encoding.opcode() + register);
            opcodes.add(encoding.twoByte() ? new byte[] {0x0F, opcode} : new byte[] {opcode});
        }
        return opcodes;
    }

    /** What follows the opcode, and the fields it must give. */
    private record Tail(byte[] bytes, int reg, int rm, AddressSample address) {
        void check(Instruction out) {
            boolean right = out.memory == (address != null);
            if (bytes.length > 0) {
                right &= out.reg == reg && out.rm == rm;
            }
            if (address != null) {
                right &= out.base == address.base()
                        && out.index == address.index()
                        && out.scale == address.scale()
                        && out.displacement == address.displacement()
                        && out.displacementSize == address.displacementSize();
            }
            if (!right) {
                throw new AssertionError(HexFormat.of().formatHex(bytes) + " after the opcode of " + out.form);
            }
        }
    }

    private static List<Tail> tails(Form form, Encoding encoding, boolean address32) {
        List<Tail> tails = new ArrayList<>();
        switch (encoding.modRm()) {
            case NONE -> tails.add(new Tail(new byte[0], 0, 0, null));
            case FIXED -> {
                for (int n = 0; n < (encoding.plusStack() ? 8 : 1); n++) {
                    int modRm = encoding.value() + n;
                    tails.add(new Tail(new byte[] {(byte) modRm}, modRm >> 3 & 7, modRm & 7, null));
                }
            }
            case DIGIT -> addTails(form, encoding.value(), address32, tails);
            case REG -> {
                for (int reg = 0; reg < (form.operands().contains(Operand.SW) ? 6 : 8); reg++) {
                    if (reg != 1 || form.operands().indexOf(Operand.SW) != 0) {
                        addTails(form, reg, address32, tails);
                    }
                }
            }
        }
        return tails;
    }

    /** Each reg value takes an eighth of the addresses; rows with a digit take the share of their digit. */
    private static void addTails(Form form, int reg, boolean address32, List<Tail> tails) {
        boolean memory = has(form, Operand.Place.RM) || has(form, Operand.Place.MEMORY);
        if (!has(form, Operand.Place.MEMORY)) {
            int firstMod = has(form, Operand.Place.RM_REGISTER) ? 0 : 3;
            for (int modRm = firstMod << 6; modRm < 0x100; modRm++) {
                if ((modRm >> 3 & 7) == reg) {
                    tails.add(new Tail(new byte[] {(byte) modRm}, reg, modRm & 7, null));
                }
            }
        }
        List<AddressSample> addresses = memory ? ADDRESSES.get(address32) : List.of();
        for (int n = reg; n < addresses.size(); n += 8) {
            AddressSample address = addresses.get(n);
            byte[] bytes = address.bytes().clone();
            bytes[0] |= (byte) (reg << 3);
            tails.add(new Tail(bytes, reg, bytes[0] & 7, address));
        }
    }

    private static boolean has(Form form, Operand.Place place) {
        return form.operands().stream().anyMatch(operand -> operand.place() == place);
    }

    private static byte[] immediates(Form form, boolean operand32, boolean address32) {
        StringBuilder hex = new StringBuilder();
        for (Operand operand : form.operands()) {
            hex.append(
                    switch (operand) {
                        case IB, IBS, JB -> "9A";
                        case IW -> "6587";
                        case IV, JV -> operand32 ? "21436587" : "6587";
                        case AP -> operand32 ? "21436587BA98" : "6587BA98";
                        case OB, OV -> address32 ? "21436587" : "6587";
                        default -> "";
                    });
        }
        return HexFormat.of().parseHex(hex);
    }

    private void checkImmediates(Form form, boolean operand32, boolean address32) {
        boolean right = true;
        for (Operand operand : form.operands()) {
            right &= switch (operand) {
                case IB -> (form.mnemonic().equals("ENTER") ? out.immediate2 : out.immediate) == 0x9A;
                case IBS, JB -> out.immediate == 0xFFFFFF9A;
                case IW -> out.immediate == 0x8765;
                case IV -> out.immediate == (operand32 ? 0x87654321 : 0x8765);
                case JV -> out.immediate == (operand32 ? 0x87654321 : 0xFFFF8765);
                case AP -> out.immediate == (operand32 ? 0x87654321 : 0x8765) && out.immediate2 == 0x98BA;
                case OB, OV -> out.displacement == (address32 ? 0x87654321 : 0x8765) && !out.memory;
                default -> true;
            };
        }
        if (!right) {
            throw new AssertionError("immediates of " + form);
        }
    }
}
