package dev.melancia.stats;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How many clusters hold nothing but one value, the one of which there are most such clusters. Immutable. */
final class Ties {

    private final int clusters;
    private final int tied;

    private Ties(int clusters, int tied) {
        this.clusters = clusters;
        this.tied = tied;
    }

    /** At least one value. */
    static Ties of(Measurements measurements) {
        double[] values = measurements.values();
        int[] clusters = measurements.clusters();
        int count = measurements.clusterCount();
        double[] low = new double[count];
        double[] high = new double[count];
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < values.length; i++) {
            low[clusters[i]] = Math.min(low[clusters[i]], values[i]);
            high[clusters[i]] = Math.max(high[clusters[i]], values[i]);
        }
        double[] alike = IntStream.range(0, count)
                .filter(g -> low[g] == high[g])
                .mapToDouble(g -> low[g])
                .sorted()
                .toArray();
        return new Ties(count, longestRun(alike));
    }

    private static int longestRun(double[] sorted) {
        int longest = 0;
        int start = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (sorted[i] != sorted[start]) {
                start = i;
            }
            longest = Math.max(longest, i - start + 1);
        }
        return longest;
    }

    /** Clusters in which some value differs from that one. */
    int differing() {
        return clusters - tied;
    }

    /** Share of clusters that say nothing of the spread, in [0, 1]; 0 when at most one does. */
    double share() {
        return tied > 1 ? (double) tied / clusters : 0;
    }
}
