package org.orrery.isa.asm;

import java.util.ArrayList;
import java.util.List;
import org.orrery.isa.asm.Argument.OfNumber;
import org.orrery.isa.asm.Argument.OfRegister;

/**
 * An instruction as written, or prefixes alone.
 *
 * @param mnemonic null for prefixes alone
 */
record Instruction(Prefixes prefixes, Mnemonics.Entry mnemonic, List<Argument> arguments, int column) implements Body {

    /** An instruction in its full form: shorthands get the operands that they imply. */
    static Instruction of(Prefixes prefixes, Mnemonics.Entry mnemonic, List<Argument> arguments, int column) {
        if (mnemonic == null) {
            return new Instruction(prefixes, null, arguments, column);
        }
        List<Argument> full = new ArrayList<>(arguments);
        String name = mnemonic.name();
        switch (name) {
            case "AAM", "AAD" -> {
                if (full.isEmpty()) {
                    full.add(new OfNumber(column, new Expr.Constant(10), 0, false, Argument.Distance.UNSAID));
                }
            }
            case "IMUL" -> {
                if (full.size() == 2 && full.get(0) instanceof OfRegister && full.get(1) instanceof OfNumber) {
                    full.add(1, full.get(0));
                }
            }
            case "LOOP", "LOOPE", "LOOPZ", "LOOPNE", "LOOPNZ", "JCXZ", "JECXZ" -> {
                return counting(prefixes, mnemonic, full, column);
            }
            default -> {
                if (name.startsWith("F")) {
                    X87Operands.complete(name, full, column);
                }
            }
        }
        return new Instruction(prefixes, mnemonic, full, column);
    }

    /** {@code loop x, cx} and {@code jecxz x}: the counter's size is the address size. */
    private static Instruction counting(
            Prefixes prefixes, Mnemonics.Entry mnemonic, List<Argument> arguments, int column) {
        Prefixes sized = prefixes;
        if (mnemonic.name().endsWith("CXZ")) {
            sized = prefixes.with(mnemonic.name().equals("JCXZ") ? "a16" : "a32");
        }
        if (arguments.size() == 2 && arguments.get(1) instanceof OfRegister) {
            Register counter = ((OfRegister) arguments.remove(1)).register();
            if (counter != Register.CX && counter != Register.ECX) {
                throw new SyntaxException(column, "the counter is CX or ECX, not " + counter);
            }
            sized = prefixes.with(counter == Register.CX ? "a16" : "a32");
        }
        return new Instruction(sized, mnemonic, arguments, column);
    }

    @Override
    public void assemble(Pass pass) {
        Encoder.encode(this, pass);
    }
}
