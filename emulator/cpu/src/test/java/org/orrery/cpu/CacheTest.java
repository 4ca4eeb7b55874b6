package org.orrery.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CacheTest {
    private static final int SETS = 128;

    /** The plain model: the order of last accesses decides; a tree that points away from the last access at each level. */
    private static final class Naive {
        final int[][] lines = new int[SETS][4];
        final boolean[][] valid = new boolean[SETS][4];
        /** Ways of each set, the one used last first. */
        final List<ArrayDeque<Integer>> order =
                Stream.generate(ArrayDeque<Integer>::new).limit(SETS).toList();

        boolean access(int physical) {
            int line = physical >>> 4;
            int set = line & 127;
            for (int way = 0; way < 4; way++) {
                if (valid[set][way] && lines[set][way] == line) {
                    use(set, way);
                    return true;
                }
            }
            int way = victim(set);
            valid[set][way] = true;
            lines[set][way] = line;
            use(set, way);
            return false;
        }

        void use(int set, int way) {
            order.get(set).remove(way);
            order.get(set).addFirst(way);
        }

        int victim(int set) {
            for (int way = 0; way < 4; way++) {
                if (!valid[set][way]) {
                    return way;
                }
            }
            int pair = order.get(set).getFirst() < 2 ? 2 : 0;
            int lastOfPair = order.get(set).stream()
                    .filter(w -> w >= pair && w < pair + 2)
                    .findFirst()
                    .orElseThrow();
            return lastOfPair == pair ? pair + 1 : pair;
        }
    }

    @Test
    void hitsAndMissesLikeThePlainModelOnAMillionRandomAccesses() {
        Cache cache = new Cache(8192, 4);
        Naive naive = new Naive();
        Random random = new Random(93);
        for (int i = 0; i < 1_000_000; i++) {
            int physical = random.nextInt(3) == 0 ? random.nextInt(1 << 24) : random.nextInt(1 << 14);
            boolean hit = cache.hit(physical);
            if (!hit) {
                cache.fill(physical);
            }
            assertThat(hit).as("access %d", i).isEqualTo(naive.access(physical));
        }
        assertThat(cache.misses()).isBetween(200_000L, 900_000L);
    }

    @Test
    void theFlushPinEmptiesTheCacheInNoTime() {
        Cpu cpu = new TestBoard().cpu;
        cpu.cache().fill(0x1230);
        long before = cpu.ledger().now();
        cpu.flushCache();
        assertThat(cpu.cache().hit(0x1230)).isFalse();
        assertThat(cpu.ledger().now()).isEqualTo(before);
    }

    @Test
    void flushEmptiesEveryLine() {
        Cache cache = new Cache(8192, 4);
        cache.fill(0x1230);
        cache.flush();
        assertThat(cache.hit(0x1230)).isFalse();
    }
}
