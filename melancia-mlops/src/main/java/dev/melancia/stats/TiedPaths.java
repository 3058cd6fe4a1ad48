package dev.melancia.stats;

import java.util.Arrays;

/**
 * The exact law of D over all deals of the pooled values into two samples of given sizes, ties included.
 *
 * <p>A deal is a lattice path: step {@code t} takes the t-th smallest pooled value, {@code i} of the first t go to the
 * first sample. The distribution functions may be compared only where a group of equal values ends; there the gap, times
 * the pairs, is {@code |i(m + n) - t m|}. With {@code u(t, i)} the chance that a uniform path to {@code (t, i)} has met a
 * gap of at least d, {@code u = 1} where the gap is that large at a group's end, else
 * {@code u(t, i) = (i u(t-1, i-1) + (t-i) u(t-1, i)) / t}, and {@code p = u(m + n, m)}. All terms are positive, so small
 * tails keep their digits. Only the {@code i} that were inside at the last group's end and can be inside at the next one
 * are visited; all others are 1 or of no consequence. Source of the counting: Schröer and Trenkler 1995,
 * doi:10.1016/0167-9473(94)00040-P.
 */
final class TiedPaths {

    private final int m;
    private final int pooled;
    private final long d;
    private final int[] groupEnds;

    TiedPaths(KsDistance distance, int[] groupEnds) {
        this.m = distance.firstSize();
        this.pooled = distance.pooledSize();
        this.d = distance.largest();
        this.groupEnds = groupEnds;
    }

    /** Upper bound of the cells that {@link #tailProbability} visits. */
    double cells() {
        double cells = 0;
        int start = 0;
        for (int end : groupEnds) {
            double width = Math.min(highest(end), highest(start) + end - start)
                    - Math.max(lowest(end) - (end - start), lowest(start))
                    + 1.0;
            cells += Math.max(0, Math.min(width, m + 1.0)) * (end - start);
            start = end;
        }
        return cells;
    }

    double tailProbability() {
        // u[i + 1] belongs to i, so that i = 0 has a neighbour (of weight 0).
        double[] u = new double[m + 2];
        Arrays.fill(u, 1);
        u[1] = d > 0 ? 0 : 1;
        int start = 0;
        for (int end : groupEnds) {
            if (lowest(end) > highest(end)) {
                return 1;
            }
            advance(u, start, end);
            Arrays.fill(u, (int) lowest(start) + 1, (int) lowest(end) + 1, 1);
            start = end;
        }
        return u[m + 1];
    }

    private void advance(double[] u, int start, int end) {
        for (int t = start + 1; t <= end; t++) {
            int from = (int) Math.max(lowest(start), Math.max(lowest(end) - (end - t), t - (long) (pooled - m)));
            int to = (int) Math.min(highest(start) + t - start, Math.min(highest(end), Math.min(m, t)));
            double share = 1.0 / t;
            for (int i = to; i >= from; i--) {
                u[i + 1] = (i * u[i] + (t - i) * u[i + 1]) * share;
            }
        }
    }

    /** The least i, at least 0, whose gap at t is below d. */
    private long lowest(int t) {
        return Math.max(0, Math.floorDiv((long) t * m - d, pooled) + 1);
    }

    /** The greatest i, at most m, whose gap at t is below d. */
    private long highest(int t) {
        return Math.min(m, Math.floorDiv((long) t * m + d - 1, pooled));
    }

    /** Whether a deal that has i of the t smallest values in the first sample shows a gap of at least d there. */
    boolean isOutside(int i, int t) {
        return i < lowest(t) || i > highest(t);
    }
}
