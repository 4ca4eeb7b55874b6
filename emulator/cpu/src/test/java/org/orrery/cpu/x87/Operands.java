package org.orrery.cpu.x87;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.orrery.cpu.x87.Oracle.Value;

/** Operands that hurt: all special ones, and random ones with long runs of equal bits and exponents near each other and the limits. */
final class Operands {
    private static final int[] EXPONENTS = {1, 2, 0x3FBF, 0x3FFE, 0x3FFF, 0x4000, 0x403E, 0x7FFD, 0x7FFE};
    private static final long[] MANTISSAS = {
        1L << 63, 1L << 63 | 1, -1L, 0xFFFF_FF80_0000_0000L, 0x8000_0080_0000_0000L, 0xFFFF_FFFF_FFFF_FC00L,
    };

    private final SplittableRandom random;

    Operands(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Every class of operand, with both signs. */
    static List<Value> special() {
        List<Value> all = new ArrayList<>();
        for (int sign : new int[] {0, 0x8000}) {
            for (int exponent : EXPONENTS) {
                for (long mantissa : MANTISSAS) {
                    all.add(new Value(sign | exponent, mantissa));
                }
                all.add(new Value(sign | exponent, 0));
                all.add(new Value(sign | exponent, 0x7FFF_FFFF_FFFF_FFFFL));
            }
            for (long mantissa : new long[] {0, 1, 2, 0x40_0000_0000L, 1L << 62, (1L << 63) - 1, 1L << 63, -1L}) {
                all.add(new Value(sign, mantissa));
                all.add(new Value(sign | 0x7FFF, mantissa));
            }
            for (long mantissa : new long[] {1L << 63 | 1, 3L << 62, 3L << 62 | 1, 0xBFFF_FFFF_FFFF_FFFFL}) {
                all.add(new Value(sign | 0x7FFF, mantissa));
            }
        }
        return all;
    }

    /** Any operand, most often a normal number. */
    Value any() {
        int kind = random.nextInt(64);
        int sign = random.nextInt(2) << 15;
        if (kind == 0) {
            List<Value> special = special();
            return special.get(random.nextInt(special.size()));
        }
        if (kind < 4) {
            return new Value(sign, mantissa() >>> random.nextInt(64));
        }
        return new Value(sign | exponent(kind), mantissa() | 1L << 63);
    }

    /** An operand whose exponent is near another's, so that a sum has something to do. */
    Value near(Value other) {
        if (random.nextInt(4) == 0) {
            return any();
        }
        int exponent = other.biased() + random.nextInt(-70, 71);
        if (exponent <= 0 || exponent >= 0x7FFF) {
            return any();
        }
        return new Value(random.nextInt(2) << 15 | exponent, mantissa() | 1L << 63);
    }

    private int exponent(int kind) {
        if (kind < 8) {
            return 1 + random.nextInt(130);
        }
        if (kind < 12) {
            return 0x7FFE - random.nextInt(130);
        }
        return kind < 44 ? 0x3FFF + random.nextInt(-70, 71) : 1 + random.nextInt(0x7FFE);
    }

    /** Random bits, or few of them, or runs. */
    private long mantissa() {
        long bits = random.nextLong();
        return switch (random.nextInt(6)) {
            case 0 -> bits & -1L << random.nextInt(64);
            case 1 -> bits | -1L >>> random.nextInt(64);
            case 2 -> 1L << random.nextInt(64) | 1L << random.nextInt(64);
            case 3 -> -1L << random.nextInt(64) ^ 1L << random.nextInt(64);
            default -> bits;
        };
    }

    int integer(int bound) {
        return random.nextInt(bound);
    }

    long bits() {
        return mantissa();
    }
}
