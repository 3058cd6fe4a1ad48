package dev.melancia.stats;

import java.util.Arrays;

/** How many clusters hold nothing but the value that occurs most often. Immutable. */
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
        double commonest = commonest(values);
        boolean[] differs = new boolean[measurements.clusterCount()];
        for (int i = 0; i < values.length; i++) {
            differs[measurements.clusters()[i]] |= values[i] != commonest;
        }
        int tied = 0;
        for (boolean other : differs) {
            tied += other ? 0 : 1;
        }
        return new Ties(differs.length, tied);
    }

    private static double commonest(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double commonest = sorted[0];
        int most = 0;
        int start = 0;
        for (int i = 1; i <= sorted.length; i++) {
            if (i == sorted.length || sorted[i] != sorted[start]) {
                if (i - start > most) {
                    most = i - start;
                    commonest = sorted[start];
                }
                start = i;
            }
        }
        return commonest;
    }

    /** Clusters in which some value differs from the commonest one. */
    int differing() {
        return clusters - tied;
    }

    /** Share of clusters that say nothing of the spread, in [0, 1]; 0 when at most one does. */
    double share() {
        return tied > 1 ? (double) tied / clusters : 0;
    }
}
