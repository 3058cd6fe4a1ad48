package dev.melancia.stats;

import java.util.HashSet;
import java.util.Set;

/** Builds untied samples that show a wanted distance. */
final class UntiedSamples {

    private final int m;
    private final int n;
    private final long d;
    private final boolean[] firstTakes;
    private final Set<Long> deadEnds = new HashSet<>();

    private UntiedSamples(int m, int n, long d) {
        this.m = m;
        this.n = n;
        this.d = d;
        this.firstTakes = new boolean[m + n];
    }

    /** Two samples of sizes m and n with {@code D = d / (m n)}; an empty array where none exist. */
    static double[][] withDistance(int m, int n, long d) {
        UntiedSamples search = new UntiedSamples(m, n, d);
        return search.reachesEnd(0, 0, d == 0) ? search.samples() : new double[0][];
    }

    private boolean reachesEnd(int i, int j, boolean touched) {
        long gap = Math.abs((long) i * n - (long) j * m);
        if (i > m || j > n || gap > d || !deadEnds.add(((long) i * (n + 1) + j) * 2 + (touched ? 1 : 0))) {
            return false;
        }
        boolean met = touched || gap == d;
        if (i == m && j == n) {
            return met;
        }
        firstTakes[i + j] = true;
        if (reachesEnd(i + 1, j, met)) {
            return true;
        }
        firstTakes[i + j] = false;
        return reachesEnd(i, j + 1, met);
    }

    private double[][] samples() {
        double[][] samples = {new double[m], new double[n]};
        int i = 0;
        for (int t = 0; t < m + n; t++) {
            if (firstTakes[t]) {
                samples[0][i++] = t;
            } else {
                samples[1][t - i] = t;
            }
        }
        return samples;
    }
}
