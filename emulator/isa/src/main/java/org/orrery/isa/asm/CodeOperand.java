package org.orrery.isa.asm;

/** An operand in generated code. Its {@code toString} is its source text. */
public sealed interface CodeOperand permits Register, CodeOperand.Number, CodeOperand.Memory {
    /** A number. */
    static Number imm(long number) {
        return new Number("", number);
    }

    /** The address or number that a symbol stands for. */
    static Number sym(String symbol) {
        return new Number(symbol, 0);
    }

    /** Memory at a register. */
    static Memory mem(Register base) {
        return mem(base, 0);
    }

    /** Memory some bytes after a register. */
    static Memory mem(Register base, long displacement) {
        return mem(base, imm(displacement));
    }

    /** Memory at a register and a symbol, for instance the offset of a structure's field. */
    static Memory mem(Register base, Number displacement) {
        return mem(base, null, 1, displacement);
    }

    /** Memory at a base, a scaled index and a displacement; base and index may be null. */
    static Memory mem(Register base, Register index, int scale, Number displacement) {
        return new Memory(0, base, index, scale, displacement);
    }

    /** Memory at a symbol. */
    static Memory mem(String symbol) {
        return mem(null, null, 1, sym(symbol));
    }

    /**
     * A symbol and a number added to it.
     *
     * @param symbol empty for a plain number
     */
    record Number(String symbol, long number) implements CodeOperand {
        /** This and a number more. */
        public Number plus(long more) {
            return new Number(symbol, number + more);
        }

        @Override
        public String toString() {
            if (symbol.isEmpty()) {
                return String.valueOf(number);
            }
            return number == 0 ? symbol : symbol + (number < 0 ? "" : "+") + number;
        }
    }

    /**
     * Memory.
     *
     * @param size bytes, or 0 to leave it to the other operand
     * @param base may be null
     * @param index may be null
     * @param scale 1, 2, 4 or 8
     */
    record Memory(int size, Register base, Register index, int scale, Number displacement) implements CodeOperand {
        /** The same with a size of 1, 2, 4, 8 or 10 bytes. */
        public Memory sized(int bytes) {
            return new Memory(bytes, base, index, scale, displacement);
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            if (base != null) {
                text.append(base).append('+');
            }
            if (index != null) {
                text.append(index).append('*').append(scale).append('+');
            }
            return OperandParser.keyword(size) + '[' + text + displacement + ']';
        }
    }
}
