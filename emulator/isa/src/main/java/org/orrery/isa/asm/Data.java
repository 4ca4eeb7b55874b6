package org.orrery.isa.asm;

import java.util.List;

/**
 * {@code db} and its relatives.
 *
 * @param unit bytes of one item
 */
record Data(int unit, List<Item> items) implements Body {
    /** One item. */
    interface Item {
        void assemble(Data data, Pass pass);
    }

    /** A string, filled up with zeros to whole units, or a floating-point number. */
    record Bytes(byte[] bytes) implements Item {
        @Override
        public void assemble(Data data, Pass pass) {
            pass.section().emit(bytes, 0, bytes.length);
            pass.section().reserve((data.unit - bytes.length % data.unit) % data.unit);
        }
    }

    /** A number or an address. */
    record Number(Expr number, int column) implements Item {
        @Override
        public void assemble(Data data, Pass pass) {
            Value value = number.value(pass);
            if (value.hasRegisters()) {
                throw new SyntaxException(column, "a register has no value that could be stored");
            }
            pass.emit(value, data.unit, column);
        }
    }

    @Override
    public void assemble(Pass pass) {
        for (Item item : items) {
            item.assemble(this, pass);
        }
    }

    /**
     * {@code resb} and its relatives.
     *
     * @param unit bytes of one item
     */
    record Reserve(int unit, Expr count, int column) implements Body {
        @Override
        public void assemble(Pass pass) {
            long number = pass.critical(count, column);
            if (number < 0 || number > Integer.MAX_VALUE) {
                throw new SyntaxException(
                        column, "expected a count from 0 to " + Integer.MAX_VALUE + ", not " + number);
            }
            pass.section().reserve(unit * number);
        }
    }

    /** {@code incbin}. */
    record Incbin(byte[] content, Expr skip, Expr length, int column) implements Body {
        @Override
        public void assemble(Pass pass) {
            long from = skip == null ? 0 : pass.critical(skip, column);
            long left = content.length - from;
            long count = length == null ? left : Math.min(left, pass.critical(length, column));
            if (from < 0 || left < 0 || count < 0) {
                throw new SyntaxException(column, "the file has only " + content.length + " bytes");
            }
            pass.section().emit(content, (int) from, (int) count);
        }
    }

    /**
     * {@code align} and {@code alignb}.
     *
     * @param fill what takes the place of each missing byte
     */
    record Align(Expr boundary, Body fill, int column) implements Body {
        @Override
        public void assemble(Pass pass) {
            long align = pass.powerOfTwo(boundary, column);
            pass.raiseAlignment(align);
            long missing = -pass.offset() & align - 1;
            for (long i = 0; i < missing; i++) {
                fill.assemble(pass);
            }
        }
    }
}
