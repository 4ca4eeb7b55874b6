package org.orrery.cpu.x87;

import java.math.BigInteger;

/** A positive real number known exactly: a fraction or the root of one, as far as any rounding wants to see it. */
abstract class Exact {
    /** The integer part of the number divided by 2^unit, and what is left in units: 0, below half, half, above half as 0 to 3. */
    record Split(BigInteger floor, int rest) {}

    abstract Split split(int unit);

    /** The integer part of the binary logarithm. */
    abstract int log2();

    /** numerator / denominator * 2^power. */
    static Exact fraction(BigInteger numerator, BigInteger denominator, int power) {
        return new Exact() {
            @Override
            Split split(int unit) {
                int up = power - unit;
                BigInteger n = up > 0 ? numerator.shiftLeft(up) : numerator;
                BigInteger d = up < 0 ? denominator.shiftLeft(-up) : denominator;
                BigInteger[] parts = n.divideAndRemainder(d);
                int rest =
                        parts[1].signum() == 0 ? 0 : 2 + parts[1].shiftLeft(1).compareTo(d);
                return new Split(parts[0], rest);
            }

            @Override
            int log2() {
                int guess = numerator.bitLength() - denominator.bitLength();
                boolean tooMuch = guess > 0
                        ? numerator.compareTo(denominator.shiftLeft(guess)) < 0
                        : numerator.shiftLeft(-guess).compareTo(denominator) < 0;
                return power + (tooMuch ? guess - 1 : guess);
            }
        };
    }

    static Exact integer(BigInteger value, int power) {
        return new Exact() {
            @Override
            Split split(int unit) {
                int down = unit - power;
                if (down <= 0) {
                    return new Split(value.shiftLeft(-down), 0);
                }
                boolean half = value.testBit(down - 1);
                boolean more = value.getLowestSetBit() < down - 1;
                return new Split(value.shiftRight(down), half ? (more ? 3 : 2) : more ? 1 : 0);
            }

            @Override
            int log2() {
                return power + value.bitLength() - 1;
            }
        };
    }

    /** The square root of value * 2^power; the power is even. */
    static Exact root(BigInteger value, int power) {
        return new Exact() {
            @Override
            Split split(int unit) {
                int fine = Math.min(unit, power / 2) - 2;
                BigInteger[] parts = value.shiftLeft(power - 2 * fine).sqrtAndRemainder();
                BigInteger trace = parts[1].signum() == 0 ? BigInteger.ZERO : BigInteger.ONE;
                return integer(parts[0].shiftLeft(1).or(trace), fine - 1).split(unit);
            }

            @Override
            int log2() {
                return Math.floorDiv(power + value.bitLength() - 1, 2);
            }
        };
    }
}
