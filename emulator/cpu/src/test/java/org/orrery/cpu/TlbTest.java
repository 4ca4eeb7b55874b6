package org.orrery.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TlbTest {
    /** The plain model: for each set, four pages and a tree of three bits, written down without any short cut. */
    private static final class Naive {
        final int[][] pages = new int[8][4];
        final boolean[][] valid = new boolean[8][4];
        final boolean[][] b = new boolean[8][3];

        boolean access(int linear) {
            int page = linear >>> 12;
            int set = page & 7;
            for (int way = 0; way < 4; way++) {
                if (valid[set][way] && pages[set][way] == page) {
                    touch(set, way);
                    return true;
                }
            }
            int victim = victim(set);
            valid[set][victim] = true;
            pages[set][victim] = page;
            touch(set, victim);
            return false;
        }

        int victim(int set) {
            for (int way = 0; way < 4; way++) {
                if (!valid[set][way]) {
                    return way;
                }
            }
            if (!b[set][0]) {
                return b[set][1] ? 1 : 0;
            }
            return b[set][2] ? 3 : 2;
        }

        void touch(int set, int way) {
            b[set][0] = way < 2;
            if (way < 2) {
                b[set][1] = way == 0;
            } else {
                b[set][2] = way == 2;
            }
        }

        void flush() {
            for (int set = 0; set < 8; set++) {
                valid[set] = new boolean[4];
                b[set] = new boolean[3];
            }
        }
    }

    @Test
    void hitsAndMissesLikeThePlainModelOnAMillionRandomAccesses() {
        Tlb tlb = new Tlb();
        Naive naive = new Naive();
        Random random = new Random(486);
        int[] pages = random.ints(96).toArray();
        for (int i = 0; i < 1_000_000; i++) {
            int linear = pages[random.nextInt(pages.length)] & ~0xFFF | random.nextInt(4096);
            boolean hit = tlb.lookup(linear) != Tlb.MISS;
            if (!hit) {
                tlb.fill(linear, linear ^ 0x1234_5000, Tlb.USER);
            }
            assertThat(hit).as("access %d", i).isEqualTo(naive.access(linear));
            if (random.nextInt(5000) == 0) {
                tlb.flush();
                naive.flush();
            }
        }
        assertThat(tlb.misses()).isBetween(100_000L, 900_000L);
    }

    @Test
    void invalidatesOnePageAndSaysWhetherItWasThere() {
        Tlb tlb = new Tlb();
        tlb.fill(0x5000, 0x9000, Tlb.USER | Tlb.DIRTY);
        assertThat(tlb.invalidate(0x5FFF)).isTrue();
        assertThat(tlb.invalidate(0x5FFF)).isFalse();
        assertThat(tlb.lookup(0x5000)).isEqualTo(Tlb.MISS);
    }

    @Test
    void keepsEntriesOfTaggedSpacesApart() {
        Tlb tlb = new Tlb();
        tlb.fill(0x5000, 0x9000, 0);
        tlb.useSpace(2);
        assertThat(tlb.lookup(0x5000)).isEqualTo(Tlb.MISS);
        tlb.useSpace(1);
        assertThat(tlb.lookup(0x5000)).isNotEqualTo(Tlb.MISS);
    }
}
