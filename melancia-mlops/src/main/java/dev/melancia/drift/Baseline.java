package dev.melancia.drift;

import dev.melancia.stats.KolmogorovSmirnov;
import dev.melancia.stats.Sample;
import java.util.Arrays;

/** The values of a metric when all was well. Immutable. */
record Baseline(Metric metric, Sample values) {

    String name() {
        return metric.name();
    }

    /**
     * The largest D between one chunk of the values and all others: how far a metric strays while nothing is wrong.
     *
     * @param inOrderOfTime the values as they came, at least {@code 2 * chunks}
     * @param chunks at least 2
     */
    static double ownVariation(double[] inOrderOfTime, int chunks) {
        double largest = 0;
        for (int chunk = 0; chunk < chunks; chunk++) {
            int from = (int) ((long) inOrderOfTime.length * chunk / chunks);
            int to = (int) ((long) inOrderOfTime.length * (chunk + 1) / chunks);
            Sample inside = Sample.of(Arrays.copyOfRange(inOrderOfTime, from, to));
            Sample outside = Sample.of(without(inOrderOfTime, from, to));
            largest = Math.max(largest, KolmogorovSmirnov.statistic(inside, outside));
        }
        return largest;
    }

    private static double[] without(double[] values, int from, int to) {
        double[] rest = new double[values.length - (to - from)];
        System.arraycopy(values, 0, rest, 0, from);
        System.arraycopy(values, to, rest, from, values.length - to);
        return rest;
    }
}
