package org.orrery.cpu.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/** Random operands of the x87 that are worth trying: near each other in size, with edges of every format among them. */
final class X87Values {
    private static final int BIAS = 0x3FFF;
    private static final int LARGEST_EXPONENT = 0x7FFF;
    private static final long INTEGER_BIT = 1L << 63;
    private static final long QUIET_BIT = 1L << 62;
    private static final int RARELY = 12;
    private static final int DECIMALS = 9;

    /** Control word: all exceptions masked. */
    private static final int MASKED = 0x7F;

    private static final int INFINITY_BIT = 1 << 12;
    /** Single, double and extended; 1 is reserved. */
    private static final int[] PRECISIONS = {0, 2, 3, 3};

    private final SplittableRandom random;

    X87Values(SplittableRandom random) {
        this.random = random;
    }

    int controlWord() {
        return MASKED
                | PRECISIONS[random.nextInt(PRECISIONS.length)] << 8
                | random.nextInt(4) << 10
                | random.nextInt(2) * INFINITY_BIT;
    }

    byte[] single() {
        int sign = random.nextInt(2) << 31;
        int exponent = special() ? 0xFF * random.nextInt(2) : 127 + spread();
        return bytes(4, quiet((long) sign | exponent << 23 | mantissa() >>> 41, 0x7F80_0000L, 22));
    }

    byte[] wide() {
        long sign = (long) random.nextInt(2) << 63;
        long exponent = special() ? 0x7FF * random.nextInt(2) : 1023 + spread();
        return bytes(8, quiet(sign | exponent << 52 | mantissa() >>> 12, 0x7FFL << 52, 51));
    }

    /** Makes a NaN a quiet one. */
    private static long quiet(long value, long exponent, int quietBit) {
        boolean nan = (value & exponent) == exponent && (value & (1L << quietBit + 1) - 1) != 0;
        return nan ? value | 1L << quietBit : value;
    }

    byte[] integer(int size) {
        return bytes(size, mantissa() >> random.nextInt(64));
    }

    byte[] decimal() {
        byte[] all = new byte[10];
        for (int i = 0; i < DECIMALS; i++) {
            all[i] = (byte) (random.nextInt(10) << 4 | random.nextInt(10));
        }
        all[DECIMALS] = (byte) (random.nextInt(2) << 7);
        return all;
    }

    byte[] extended() {
        int sign = random.nextInt(2) << 15;
        int exponent = BIAS + spread();
        long mantissa = mantissa() | INTEGER_BIT;
        if (special()) {
            exponent = random.nextBoolean() ? LARGEST_EXPONENT : random.nextInt(3);
            mantissa = switch (random.nextInt(5)) {
                case 0 -> exponent == 0 ? 0 : INTEGER_BIT;
                case 1 -> mantissa & ~QUIET_BIT;
                case 2 -> exponent == 0 ? mantissa & ~INTEGER_BIT : mantissa;
                default -> mantissa;
            };
        }
        byte[] all = new byte[10];
        ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putLong(mantissa).putShort((short) (sign | exponent));
        return all;
    }

    private boolean special() {
        return random.nextInt(RARELY) == 0;
    }

    private int spread() {
        return random.nextInt(RARELY) == 0 ? random.nextInt(1 << 7) - (1 << 6) : random.nextInt(16) - 8;
    }

    /** Often with long runs of equal bits, which makes results exact or ties. */
    private long mantissa() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextLong() << random.nextInt(64);
            case 1 -> -1L << random.nextInt(64);
            case 2 -> ~(random.nextLong() >>> random.nextInt(64));
            default -> random.nextLong();
        };
    }

    private static byte[] bytes(int size, long value) {
        byte[] all = new byte[size];
        for (int i = 0; i < size; i++) {
            all[i] = (byte) (value >>> 8 * i);
        }
        return all;
    }
}
