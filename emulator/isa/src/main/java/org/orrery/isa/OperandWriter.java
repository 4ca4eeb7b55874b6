package org.orrery.isa;

import java.util.List;
import java.util.Locale;

/** Writes the operands of one instruction. */
final class OperandWriter {
    private static final String[] BYTE = {"al", "cl", "dl", "bl", "ah", "ch", "dh", "bh"};
    private static final String[] WORD = {"ax", "cx", "dx", "bx", "sp", "bp", "si", "di"};
    private static final String[] DWORD = {"eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi"};
    static final String[] SEGMENTS = {"es", "cs", "ss", "ds", "fs", "gs"};

    private final Instruction i;
    private final int address;
    private final SymbolNamer namer;
    private final StringBuilder out;

    OperandWriter(Instruction instruction, int address, SymbolNamer namer, StringBuilder out) {
        i = instruction;
        this.address = address;
        this.namer = namer;
        this.out = out;
    }

    void write() {
        List<Operand> operands = i.form.operands();
        if (operands.isEmpty() || impliesOperands(operands)) {
            return;
        }
        out.append(' ');
        if (operands.contains(Operand.STI)) {
            x87Registers(operands);
            return;
        }
        for (int n = 0; n < operands.size(); n++) {
            if (n > 0) {
                out.append(',');
            }
            operand(operands.get(n));
        }
        if (i.form.mnemonic().startsWith("LOOP") && i.address32 != i.code32) {
            out.append(i.address32 ? ",ecx" : ",cx");
        }
    }

    /** The mnemonics of string instructions say it all, and AAM and AAD are decimal if they say nothing. */
    private boolean impliesOperands(List<Operand> operands) {
        for (Operand operand : operands) {
            if (operand.place() == Operand.Place.STRING) {
                return true;
            }
        }
        return i.immediate == 10
                && (i.form.mnemonic().equals("AAM") || i.form.mnemonic().equals("AAD"));
    }

    private void x87Registers(List<Operand> operands) {
        boolean toRegister = operands.size() == 2 && operands.get(0) == Operand.STI;
        boolean pops = i.form.mnemonic().endsWith("P");
        out.append(toRegister && !pops ? "to st" : "st").append(i.rm);
    }

    private void operand(Operand operand) {
        switch (operand.place()) {
            case RM, MEMORY, RM_REGISTER -> registerOrMemory(operand);
            case REG -> general(operand.size(i.operand32), i.reg);
            case OPCODE -> general(operand.size(i.operand32), i.rm);
            case SPECIAL -> special(operand);
            case IMMEDIATE -> immediate(operand);
            case RELATIVE -> relative(operand);
            case FAR -> far();
            case OFFSET -> memory();
            case FIXED -> fixed(operand);
            case STRING, X87 -> throw new IllegalStateException(operand + " is not written by itself");
        }
    }

    private void general(int size, int register) {
        out.append((size == 1 ? BYTE : size == 2 ? WORD : DWORD)[register]);
    }

    private void special(Operand operand) {
        switch (operand) {
            case SW -> out.append(SEGMENTS[i.reg]);
            case CD -> out.append("cr").append(i.reg);
            case DD -> out.append("dr").append(i.reg);
            default -> out.append("tr").append(i.reg);
        }
    }

    private void fixed(Operand operand) {
        if (operand == Operand.EAX_V) {
            out.append(i.operand32 ? "eax" : "ax");
        } else {
            out.append(operand.notation().toLowerCase(Locale.ROOT));
        }
    }

    private void registerOrMemory(Operand operand) {
        if (i.memory) {
            memorySize(operand);
            memory();
        } else if (operand == Operand.EW && i.form.has("wide")) {
            general(i.operand32 ? 4 : 2, i.rm);
        } else {
            general(operand.size(i.operand32), i.rm);
        }
    }

    /** Writes the size of a memory operand where no register tells it. */
    private void memorySize(Operand operand) {
        String mnemonic = i.form.mnemonic();
        boolean branch = mnemonic.equals("CALL") || mnemonic.equals("JMP");
        if (branch) {
            otherOperandSize();
            out.append(operand == Operand.MP ? "far " : "");
            return;
        }
        boolean told = switch (operand) {
            case EW -> !mnemonic.equals("MOVZX") && !mnemonic.equals("MOVSX");
            case EB, EV -> hasRegister(operand.size(i.operand32));
            default -> mnemonic.endsWith("CW") || mnemonic.endsWith("SW");
        };
        if (!told) {
            size(operand.size(i.operand32));
        }
    }

    private boolean hasRegister(int size) {
        for (Operand operand : i.form.operands()) {
            if (operand.place() == Operand.Place.REG && operand.size(i.operand32) == size) {
                return true;
            }
        }
        return false;
    }

    private void size(int bytes) {
        out.append(
                switch (bytes) {
                    case 1 -> "byte ";
                    case 2 -> "word ";
                    case 4 -> "dword ";
                    case 8 -> "qword ";
                    case 10 -> "tword ";
                    default -> "";
                });
    }

    /** Writes the operand size of a branch if it is not the usual one. */
    private void otherOperandSize() {
        if (i.operand32 != i.code32) {
            size(i.operand32 ? 4 : 2);
        }
    }

    private void memory() {
        out.append('[');
        boolean absolute = i.base == Instruction.NO_REGISTER && i.index == Instruction.NO_REGISTER;
        if (absolute && i.address32 != i.code32) {
            out.append(i.address32 ? "dword " : "word ");
        }
        if (i.segment != Instruction.NO_SEGMENT) {
            out.append(SEGMENTS[i.segment]).append(':');
        }
        if (absolute) {
            named(i.address32 ? i.displacement : i.displacement & 0xFFFF);
        } else {
            based();
        }
        out.append(']');
    }

    private void based() {
        String[] registers = i.address32 ? DWORD : WORD;
        if (i.base != Instruction.NO_REGISTER) {
            out.append(registers[i.base]);
        }
        if (i.index != Instruction.NO_REGISTER) {
            out.append(i.base == Instruction.NO_REGISTER ? "" : "+").append(registers[i.index]);
            if (i.scale > 0) {
                out.append('*').append(1 << i.scale);
            }
        }
        if (i.displacementSize > 0) {
            signed(i.displacement);
        }
    }

    private void immediate(Operand operand) {
        if (operand == Operand.IBS) {
            out.append("byte ");
            signed(i.immediate);
            return;
        }
        if (operand == Operand.IV && i.form.operands().size() == 1) {
            size(i.operand32 ? 4 : 2);
        }
        List<Operand> operands = i.form.operands();
        boolean isSecond = operands.get(0) == Operand.IW && operand == Operand.IB;
        hex(isSecond ? i.immediate2 : i.immediate);
    }

    private void relative(Operand operand) {
        if (operand == Operand.JV && i.operand32 != i.code32) {
            otherOperandSize();
        } else if (operand == Operand.JV && i.form.mnemonic().charAt(0) == 'J' && !isJump()) {
            out.append("near ");
        } else if (operand == Operand.JB && isJump()) {
            out.append("short ");
        }
        int target = address + i.length + i.immediate;
        named(i.operand32 ? target : target & 0xFFFF);
    }

    private boolean isJump() {
        return i.form.mnemonic().equals("JMP");
    }

    private void far() {
        otherOperandSize();
        hex(i.immediate2);
        out.append(':');
        hex(i.immediate);
    }

    private void named(int number) {
        String name = namer.nameOf(number);
        if (name == null) {
            hex(number);
        } else {
            out.append(name);
        }
    }

    private void signed(int number) {
        out.append(number < 0 ? '-' : '+');
        hex(Math.abs(number));
    }

    private void hex(int number) {
        out.append("0x").append(Integer.toHexString(number));
    }
}
