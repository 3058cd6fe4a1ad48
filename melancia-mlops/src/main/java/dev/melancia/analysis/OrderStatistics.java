package dev.melancia.analysis;

import java.util.Arrays;
import java.util.OptionalDouble;

/** Quantiles that are shown only where at least one value lies beyond them. */
final class OrderStatistics {

    private static final int FEWEST_FOR_MEDIAN = 3;
    private static final int FEWEST_FOR_P95 = 20;

    private OrderStatistics() {}

    static OptionalDouble median(double[] values) {
        if (values.length < FEWEST_FOR_MEDIAN) {
            return OptionalDouble.empty();
        }
        double[] sorted = sorted(values);
        int middle = sorted.length / 2;
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2);
    }

    /** The smallest value that at least 95 % of the values do not exceed. */
    static OptionalDouble p95(double[] values) {
        if (values.length < FEWEST_FOR_P95) {
            return OptionalDouble.empty();
        }
        long rank = (95L * values.length + 99) / 100;
        return OptionalDouble.of(sorted(values)[(int) rank - 1]);
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
