package org.orrery.isa.asm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.orrery.isa.asm.Argument.OfFar;
import org.orrery.isa.asm.Argument.OfMemory;
import org.orrery.isa.asm.Argument.OfNumber;
import org.orrery.isa.asm.Argument.OfRegister;

/**
 * The operands of an instruction with the values that they have in this pass.
 *
 * @param values of numbers and memory addresses; null at the others
 * @param address the memory operand, or null
 * @param addressBits the address size of the instruction
 */
record Operands(List<Argument> arguments, List<Value> values, EffectiveAddress address, int addressBits) {

    static Operands evaluate(Instruction instruction, Scope scope, int codeBits) {
        int asked = instruction.prefixes().addressBits();
        List<Value> values = new ArrayList<>(instruction.arguments().size());
        EffectiveAddress address = null;
        for (Argument argument : instruction.arguments()) {
            Value value = null;
            if (argument instanceof OfMemory) {
                OfMemory memory = (OfMemory) argument;
                value = evaluate(memory.address(), argument.column(), scope);
                address = EffectiveAddress.of(memory, value, scope, codeBits, asked);
            } else if (argument instanceof OfNumber) {
                value = evaluate(((OfNumber) argument).number(), argument.column(), scope);
                if (value.hasRegisters()) {
                    throw new SyntaxException(argument.column(), "an address with registers stands in [ ]");
                }
            }
            values.add(value);
        }
        int addressBits = address != null ? address.bits() : asked != 0 ? asked : codeBits;
        return new Operands(instruction.arguments(), values, address, addressBits);
    }

    private static Value evaluate(Expr expr, int column, Scope scope) {
        try {
            return expr.value(scope);
        } catch (ExpressionException e) {
            throw new SyntaxException(column, e.getMessage());
        }
    }

    int count() {
        return arguments.size();
    }

    boolean hasUnsizedMemory() {
        for (Argument argument : arguments) {
            if (argument instanceof OfMemory && argument.size() == 0) {
                return true;
            }
        }
        return false;
    }

    /** The size that a keyword gives to a number, or 0. */
    int numberSize() {
        return arguments.stream()
                .filter(OfNumber.class::isInstance)
                .mapToInt(Argument::size)
                .max()
                .orElse(0);
    }

    /** The segment override in the memory operand, or -1. */
    int segment() {
        for (Argument argument : arguments) {
            if (argument instanceof OfMemory) {
                return ((OfMemory) argument).segment();
            }
        }
        return -1;
    }

    /** For messages. */
    String describe() {
        return arguments.stream().map(Operands::describe).collect(Collectors.joining(", "));
    }

    private static String describe(Argument argument) {
        if (argument instanceof OfRegister) {
            return ((OfRegister) argument).register().name().toLowerCase(Locale.ROOT);
        }
        String size = OperandParser.keyword(argument.size());
        if (argument instanceof OfMemory) {
            return size + "memory";
        }
        return argument instanceof OfFar ? "a far address" : size + "a number";
    }
}
