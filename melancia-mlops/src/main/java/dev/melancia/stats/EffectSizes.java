package dev.melancia.stats;

/**
 * How far a second sample lies from a first, in figures that do not grow with the number of values as the evidence of a
 * test does. Immutable.
 *
 * <p>Shifts are plain differences of quantiles and compare groups, not pairs: for paired measurements
 * estimate the mean of the differences ({@link MeanEstimate}). They say nothing about chance: read them beside a test or an interval.
 *
 * @param cliffsDelta {@code P(second > first) - P(second < first)} over all pairs of values, in [-1, 1]; 0 when neither
 *     tends to be larger, positive when the second does; needs an order only, ties count for neither side (Cliff 1993,
 *     <a href="https://doi.org/10.1037/0033-2909.114.3.494">doi</a>)
 * @param medianShift median of the second minus median of the first, in the unit of the values
 * @param p95Shift 95th percentile of the second minus that of the first, in the unit of the values; below about 200
 *     values a side it hangs on single values
 * @since 0.1.0
 */
public record EffectSizes(double cliffsDelta, double medianShift, double p95Shift) {

    private static final double TAIL = 0.95;

    public EffectSizes {
        if (!(cliffsDelta >= -1 && cliffsDelta <= 1)) {
            throw new IllegalArgumentException("cliffsDelta must be in [-1, 1], was " + cliffsDelta);
        }
        if (Double.isNaN(medianShift) || Double.isNaN(p95Shift)) {
            throw new IllegalArgumentException("shifts must be numbers, were " + medianShift + " and " + p95Shift);
        }
    }

    /** From the first sample to the second; each of at least one value. Time {@code O(m + n)}. */
    public static EffectSizes between(Sample first, Sample second) {
        return new EffectSizes(
                cliffsDelta(first.sorted(), second.sorted()),
                second.median() - first.median(),
                second.quantile(TAIL) - first.quantile(TAIL));
    }

    /** Each value of {@code y} wins over the values of {@code x} below it and loses to those above. */
    private static double cliffsDelta(double[] x, double[] y) {
        long balance = 0;
        int below = 0;
        int notAbove = 0;
        for (double value : y) {
            while (below < x.length && x[below] < value) {
                below++;
            }
            while (notAbove < x.length && x[notAbove] <= value) {
                notAbove++;
            }
            balance += below - (x.length - notAbove);
        }
        return balance / ((double) x.length * y.length);
    }
}
