package dev.melancia.stats.agreement;

import dev.melancia.stats.Interval;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Correlation of two measurements of the same things, with interval and p-value. Immutable.
 *
 * <p>Interval by Fisher's z: {@code tanh(atanh(r) ± z sqrt(v / (n - 3)))} with v = 1 for Pearson's r and {@code 1 + r²/2} for
 * Spearman's. Assumes independent pairs, for Pearson of about bivariate normal values; for pairs that come in groups take {@link
 * dev.melancia.stats.Bootstrap} over the groups. At least 4 pairs; trustworthy from about 25. Sources: Fisher 1921, Metron 1,
 * 3-32; Bonett and Wright 2000, <a href="https://doi.org/10.1007/BF02294183">doi</a>.
 *
 * @since 0.1.0
 */
public final class Correlation {

    private static final int LEAST_PAIRS = 4;

    private final int n;
    private final double r;
    private final boolean ofRanks;

    private Correlation(double[] x, double[] y, boolean ofRanks) {
        n = x.length;
        r = straightLine(x, y);
        this.ofRanks = ofRanks;
    }

    /**
     * Pearson's r: how well a straight line fits.
     *
     * @throws IllegalArgumentException if the lengths differ or a value is not finite
     */
    public static Correlation pearson(double[] x, double[] y) {
        check(x, y);
        return new Correlation(x, y, false);
    }

    /**
     * Spearman's: Pearson's r of the ranks, ties sharing the mean rank; how well any rising curve fits.
     *
     * @throws IllegalArgumentException if the lengths differ or a value is not finite
     */
    public static Correlation spearman(double[] x, double[] y) {
        check(x, y);
        return new Correlation(Ranks.of(x), Ranks.of(y), true);
    }

    private static void check(double[] x, double[] y) {
        Checks.sameLength(x.length, y.length);
        Checks.finite("x", x);
        Checks.finite("y", y);
    }

    private static double straightLine(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElse(0);
        double meanY = Arrays.stream(y).average().orElse(0);
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            double dx = x[i] - meanX;
            double dy = y[i] - meanY;
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }
        boolean varied = Arrays.stream(x).distinct().count() > 1
                && Arrays.stream(y).distinct().count() > 1;
        return varied ? Math.max(-1, Math.min(1, xy / Math.sqrt(xx) / Math.sqrt(yy))) : Double.NaN;
    }

    /** Pairs. */
    public int n() {
        return n;
    }

    /** In [-1, 1]; empty when one side does not vary. */
    public OptionalDouble estimate() {
        return Double.isNaN(r) ? OptionalDouble.empty() : OptionalDouble.of(r);
    }

    /**
     * The interval, inside [-1, 1]; empty below 4 pairs, when one side does not vary, and when all pairs lie on one line.
     *
     * @param level confidence level in (0, 1)
     */
    public Optional<Interval> interval(double level) {
        Checks.level(level);
        if (n < LEAST_PAIRS || Double.isNaN(r) || Math.abs(r) == 1) {
            return Optional.empty();
        }
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2);
        double variance = ofRanks ? 1 + r * r / 2 : 1;
        double half = z * Math.sqrt(variance / (n - 3));
        double centre = 0.5 * (Math.log1p(r) - Math.log1p(-r));
        return Optional.of(new Interval(Math.tanh(centre - half), Math.tanh(centre + half), level));
    }

    /**
     * Two-sided p-value of "no correlation": {@code t = r sqrt((n - 2) / (1 - r²))} with n - 2 degrees of freedom; for
     * Spearman's an approximation, rough below ten pairs. Empty below 3 pairs and when one side does not vary.
     */
    public OptionalDouble pValue() {
        if (n < 3 || Double.isNaN(r)) {
            return OptionalDouble.empty();
        }
        double t = Math.abs(r) * Math.sqrt((n - 2) / ((1 - r) * (1 + r)));
        return OptionalDouble.of(Math.min(1, 2 * TDistribution.of(n - 2).survivalProbability(t)));
    }
}
