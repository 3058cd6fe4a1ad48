package dev.melancia.stats;

import java.util.Arrays;

/**
 * The gaps between two samples' distribution functions, exact: integers, each a gap times the number of pairs
 * {@code firstSize * secondSize}.
 *
 * @param secondHigher largest {@code F1 - F2}, times the pairs
 * @param secondLower largest {@code F2 - F1}, times the pairs
 * @param distinct how many different values the pooled samples hold
 */
record KsDistance(int firstSize, int secondSize, long secondHigher, long secondLower, int distinct) {

    static KsDistance between(Sample first, Sample second) {
        int m = first.size();
        int n = second.size();
        PooledWalk walk = new PooledWalk(first, second);
        long higher = 0;
        long lower = 0;
        int distinct = 0;
        while (walk.next()) {
            long gap = (long) walk.firstSeen() * n - (long) walk.secondSeen() * m;
            higher = Math.max(higher, gap);
            lower = Math.max(lower, -gap);
            distinct++;
        }
        return new KsDistance(m, n, higher, lower, distinct);
    }

    /** D times the pairs. */
    long largest() {
        return Math.max(secondHigher, secondLower);
    }

    double pairs() {
        return (double) firstSize * secondSize;
    }

    int pooledSize() {
        return Math.addExact(firstSize, secondSize);
    }

    boolean tied() {
        return distinct < pooledSize();
    }

    /** How many pooled values lie at or below each distinct value, ascending; the last is the pooled size. */
    int[] groupEnds(Sample first, Sample second) {
        int[] ends = new int[distinct];
        PooledWalk walk = new PooledWalk(first, second);
        Arrays.setAll(ends, group -> {
            walk.next();
            return walk.firstSeen() + walk.secondSeen();
        });
        return ends;
    }
}
