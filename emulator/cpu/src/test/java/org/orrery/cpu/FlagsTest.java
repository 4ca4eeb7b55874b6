package org.orrery.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FlagsTest {
    @Test
    void everyCombinationOfArithmeticFlagsCanBeSetAndRead() {
        Flags flags = new Flags(false);
        for (int image = 0; image < 1 << 12; image++) {
            int value = image & Flags.ARITHMETIC;
            flags.set(value);
            assertThat(flags.get() & Flags.ARITHMETIC).isEqualTo(value);
        }
    }

    @Test
    void changingOneFlagLeavesTheOthers() {
        Flags flags = new Flags(false);
        for (int image = 0; image < 1 << 12; image++) {
            for (boolean on : new boolean[] {false, true}) {
                flags.set(image);
                int before = flags.get();
                flags.setCarry(on);
                assertThat(flags.get()).isEqualTo(before & ~Flags.CF | (on ? Flags.CF : 0));
                before = flags.get();
                flags.setOverflow(on);
                assertThat(flags.get()).isEqualTo(before & ~Flags.OF | (on ? Flags.OF : 0));
                before = flags.get();
                flags.setZero(on);
                assertThat(flags.get()).isEqualTo(before & ~Flags.ZF | (on ? Flags.ZF : 0));
                before = flags.get();
                flags.setAdjust(on);
                assertThat(flags.get()).isEqualTo(before & ~Flags.AF | (on ? Flags.AF : 0));
            }
        }
    }

    @Test
    void additionAndSubtractionSetFlagsAsWrittenInTheManual() {
        Random random = new Random(1);
        Flags flags = new Flags(false);
        for (int i = 0; i < 300_000; i++) {
            int shift = new int[] {0, 16, 24}[random.nextInt(3)];
            long mask = (1L << 32 - shift) - 1;
            int a = random.nextInt() >> random.nextInt(32);
            int b = random.nextInt() >> random.nextInt(32);
            int carry = random.nextInt(2);
            flags.set(random.nextInt());
            if (random.nextBoolean()) {
                Alu.add(flags, a, b, carry, shift);
                long sum = (a & mask) + (b & mask) + carry;
                check(flags, a, b, sum & mask, sum > mask, ((a ^ sum) & (b ^ sum)), mask);
            } else {
                Alu.subtract(flags, a, b, carry, shift);
                long difference = (a & mask) - (b & mask) - carry;
                check(flags, a, b, difference & mask, difference < 0, (a ^ b) & (a ^ difference), mask);
            }
        }
    }

    private static void check(Flags f, int a, int b, long result, boolean carry, long overflow, long mask) {
        assertThat(f.carry()).isEqualTo(carry);
        assertThat(f.zero()).isEqualTo(result == 0);
        assertThat(f.sign()).isEqualTo((result & ~(mask >>> 1)) != 0);
        assertThat(f.parity()).isEqualTo(Long.bitCount(result & 0xFF) % 2 == 0);
        assertThat(f.adjust()).isEqualTo(((a ^ b ^ result) & 16) != 0);
        assertThat(f.overflow()).isEqualTo((overflow & mask & ~(mask >>> 1)) != 0);
    }

    @Test
    void incrementKeepsTheCarry() {
        Flags flags = new Flags(false);
        for (int carry = 0; carry < 2; carry++) {
            for (int value = 0; value < 256; value++) {
                flags.set(carry);
                Alu.increment(flags, value, 24);
                assertThat(flags.carryBit()).isEqualTo(carry);
                assertThat(flags.overflow()).isEqualTo(value == 0x7F);
                Alu.decrement(flags, value, 24);
                assertThat(flags.carryBit()).isEqualTo(carry);
                assertThat(flags.overflow()).isEqualTo(value == 0x80);
            }
        }
    }
}
