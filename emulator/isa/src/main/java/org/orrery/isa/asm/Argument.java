package org.orrery.isa.asm;

/** An operand as written. Sizes are in bytes; 0 where nothing is said. */
sealed interface Argument {
    int column();

    /** The size that a keyword gives, or 0. */
    int size();

    /** How far a jump goes, where a keyword says so. */
    enum Distance {
        UNSAID,
        SHORT,
        NEAR,
        FAR
    }

    /**
     * A register.
     *
     * @param to written after {@code to}, or otherwise certain to be the ST(i) that is the destination
     */
    record OfRegister(int column, Register register, boolean to) implements Argument {
        @Override
        public int size() {
            return register.size();
        }
    }

    /**
     * Memory.
     *
     * @param segment override, 0 to 5, or -1
     * @param width bytes that the displacement shall take, or 0
     * @param noSplit keep an index with a scale as it is
     */
    record OfMemory(int column, Expr address, int segment, int size, Distance distance, int width, boolean noSplit)
            implements Argument {}

    /**
     * A number, an address or a branch target.
     *
     * @param strict the size is not to be optimised away
     */
    record OfNumber(int column, Expr number, int size, boolean strict, Distance distance) implements Argument {}

    /** {@code selector:offset}. */
    record OfFar(int column, Expr selector, Expr offset, int size) implements Argument {}
}
