package dev.melancia.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/** The formulas between which {@link MeanInterval} chooses. Confined to one thread. */
final class MeanFormulas {

    /** How strongly ties make the estimated spread count for less; chosen with the coverage study. */
    private static final double TIE_WEIGHT = 0.7;

    private final Measurements measurements;
    private final ClusterMean mean;
    private final double level;

    MeanFormulas(Measurements measurements, ClusterMean mean, double level) {
        this.measurements = measurements;
        this.mean = mean;
        this.level = level;
    }

    /** Wilson's interval, each cluster as one value at an end of the scale. */
    Interval wilson() {
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2);
        return score(z, mean.count());
    }

    /**
     * No spread was seen. The share of values elsewhere is at most {@code z² / (n + z²)}, Wilson's limit for none of n; they
     * may lie anywhere on the scale.
     */
    Interval allEqual() {
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2);
        double elsewhere = z * z / (mean.count() + z * z);
        double value = mean.mean();
        return new Interval(
                value - elsewhere * (value - measurements.low()),
                value + elsewhere * (measurements.high() - value),
                level);
    }

    /**
     * Wilson's interval with t and the number of yes/no values that would be as informative. With clusters the average of
     * its ends and Hall's: clusters can be more skewed than a bounded scale makes values, and Hall's sees that.
     */
    Interval score(Ties ties) {
        double t = TDistribution.of(mean.degreesOfFreedom()).inverseSurvivalProbability((1 - level) / 2);
        Interval score = score(t, effectiveCount(ties));
        if (!measurements.clustered()) {
            return score;
        }
        Interval skewed = skewCorrected();
        return new Interval((score.low() + skewed.low()) / 2, (score.high() + skewed.high()) / 2, level);
    }

    /**
     * How many independent yes/no values would give this variance of the mean: {@code p(1-p)/V}, p the mean's place on the
     * scale. What exceeds the number of clusters is trusted the less, the fewer clusters differ from the commonest value.
     */
    double effectiveCount(Ties ties) {
        double p = place(mean.mean());
        double count = mean.count();
        double range = measurements.high() - measurements.low();
        double gain = p * (1 - p) * range * range / mean.variance() / count;
        if (gain <= 1) {
            return gain * count;
        }
        double differing = ties.differing();
        return count * Math.pow(gain, differing / (differing + TIE_WEIGHT * ties.share()));
    }

    /** Standard error of the mean that {@link #score} works with. */
    double effectiveError(Ties ties) {
        double p = place(mean.mean());
        return (measurements.high() - measurements.low()) * Math.sqrt(p * (1 - p) / effectiveCount(ties));
    }

    private double place(double value) {
        return (value - measurements.low()) / (measurements.high() - measurements.low());
    }

    private Interval score(double quantile, double count) {
        double p = place(mean.mean());
        double share = quantile * quantile / count;
        double centre = (p + share / 2) / (1 + share);
        double half = quantile * Math.sqrt(Math.max(0, p * (1 - p)) / count + share / (4 * count)) / (1 + share);
        double range = measurements.high() - measurements.low();
        // At an end of the scale Wilson's formula ends exactly there; rounding must not take the estimate out of it.
        double from = Math.max(0, Math.min(p, centre - half));
        double to = Math.min(1, Math.max(p, centre + half));
        return new Interval(measurements.low() + from * range, measurements.low() + to * range, level);
    }

    /** Hall's interval: the t interval, its quantiles moved by the skewness. */
    Interval skewCorrected() {
        double t = TDistribution.of(mean.degreesOfFreedom()).inverseSurvivalProbability((1 - level) / 2);
        double error = Math.sqrt(mean.variance());
        double bend = mean.skewness() / Math.sqrt(mean.count());
        double low = mean.mean() - error * unbent(t, bend);
        double high = mean.mean() - error * unbent(-t, bend);
        return new Interval(Math.max(low, measurements.low()), Math.min(high, measurements.high()), level);
    }

    /** The inverse of {@code T + b T²/3 + b² T³/27 + b/6}. */
    private static double unbent(double quantile, double bend) {
        double y = quantile - bend / 6;
        return Math.abs(bend) < 1e-8 ? y : 3 * (Math.cbrt(1 + bend * y) - 1) / bend;
    }
}
