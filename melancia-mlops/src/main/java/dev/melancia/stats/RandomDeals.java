package dev.melancia.stats;

import java.util.random.RandomGenerator;

/** Counts random deals of the pooled values whose D is at least the one observed. Confined to one thread. */
final class RandomDeals {

    private final TiedPaths paths;
    private final int m;
    private final int pooled;
    private final int[] groupEnds;
    private final RandomGenerator random;

    RandomDeals(KsDistance distance, int[] groupEnds, RandomGenerator random) {
        this.paths = new TiedPaths(distance, groupEnds);
        this.m = distance.firstSize();
        this.pooled = distance.pooledSize();
        this.groupEnds = groupEnds;
        this.random = random;
    }

    /** {@code (b + 1) / (B + 1)}: the observed deal counts as one, so p is never 0 and the test never too eager. */
    double tailProbability(int deals) {
        int exceeding = 0;
        for (int deal = 0; deal < deals; deal++) {
            if (exceeds()) {
                exceeding++;
            }
        }
        return (exceeding + 1.0) / (deals + 1.0);
    }

    private boolean exceeds() {
        int t = 0;
        int i = 0;
        for (int end : groupEnds) {
            for (; t < end; t++) {
                if (random.nextInt(pooled - t) < m - i) {
                    i++;
                }
            }
            if (paths.isOutside(i, end)) {
                return true;
            }
        }
        return false;
    }
}
