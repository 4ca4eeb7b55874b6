package org.orrery.isa.asm;

import java.util.List;
import java.util.Set;
import org.orrery.isa.asm.Argument.OfRegister;

/** The operands that x87 instructions can leave out. */
final class X87Operands {
    /** Take ST and ST(i), in one order or the other. */
    private static final Set<String> ARITHMETIC = Set.of("FADD", "FMUL", "FSUB", "FSUBR", "FDIV", "FDIVR");

    private static final Set<String> POPPING = Set.of("FADDP", "FMULP", "FSUBP", "FSUBRP", "FDIVP", "FDIVRP");
    /** Take ST(i), which is ST(1) if it is left out. */
    private static final Set<String> SINGLE = Set.of("FXCH", "FCOM", "FCOMP", "FUCOM", "FUCOMP");

    private X87Operands() {}

    static void complete(String name, List<Argument> arguments, int column) {
        OfRegister first = arguments.isEmpty() ? null : register(arguments.get(0));
        if (ARITHMETIC.contains(name)) {
            arithmetic(arguments, first, column);
        } else if (POPPING.contains(name)) {
            if (arguments.isEmpty()) {
                arguments.add(new OfRegister(column, Register.ST1, false));
            }
            if (arguments.size() == 1) {
                arguments.add(st0(column));
            }
        } else if (SINGLE.contains(name)) {
            single(name, arguments, column);
        }
    }

    private static void arithmetic(List<Argument> arguments, OfRegister first, int column) {
        if (arguments.size() == 1 && first != null) {
            arguments.add(first.to() ? 1 : 0, st0(column));
        } else if (arguments.size() == 2 && isSt0(arguments.get(0)) && isSt0(arguments.get(1))) {
            arguments.set(0, new OfRegister(first.column(), Register.ST0, true));
        }
    }

    private static void single(String name, List<Argument> arguments, int column) {
        if (arguments.isEmpty()) {
            arguments.add(new OfRegister(column, Register.ST1, false));
        } else if (arguments.size() == 2 && isSt0(arguments.get(0))) {
            arguments.remove(0);
        } else if (arguments.size() == 2 && name.equals("FXCH") && isSt0(arguments.get(1))) {
            arguments.remove(1);
        }
    }

    private static OfRegister register(Argument argument) {
        boolean x87 = argument instanceof OfRegister
                && ((OfRegister) argument).register().kind() == Register.Kind.X87;
        return x87 ? (OfRegister) argument : null;
    }

    private static boolean isSt0(Argument argument) {
        OfRegister register = register(argument);
        return register != null && register.register() == Register.ST0;
    }

    private static OfRegister st0(int column) {
        return new OfRegister(column, Register.ST0, false);
    }
}
