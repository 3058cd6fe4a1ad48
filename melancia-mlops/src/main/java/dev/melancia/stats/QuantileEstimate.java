package dev.melancia.stats;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * A quantile (median, 95th percentile) with the order-statistic interval that holds for any distribution. Immutable.
 *
 * <p>The interval runs from the l-th to the u-th smallest value; it covers the quantile p with probability {@code sum over k
 * from l to u - 1 of C(n,k) p^k (1-p)^(n-k)}, at least the level, for continuous values; ties can only raise it. Each
 * side may miss with half of the rest; where the sample is too small for that, of all l, u that reach the level the fewest
 * ranks apart are taken, and of those the most likely. There is none while even {@code 1 - p^n
 * - (1-p)^n} is below the level: at .95 that takes 6 values for the median, 59 for the 95th percentile, 299 for the 99th.
 * Assumes independent values: with clusters it is too narrow. Source: David and Nagaraja 2003, Order Statistics, section 7.1,
 * <a href="https://doi.org/10.1002/0471722162">doi</a>.
 *
 * @since 0.1.0
 */
public final class QuantileEstimate {

    private final Sample sample;
    private final double probability;
    private final double level;
    private final Optional<Interval> interval;

    private QuantileEstimate(Sample sample, double probability, double level) {
        this.sample = sample;
        this.probability = probability;
        this.level = level;
        interval = sample.size() < smallestSample() ? Optional.empty() : Optional.of(ofRanks());
    }

    /**
     * The quantile of a sample with its interval.
     *
     * @param probability in (0, 1), such as .95
     * @param level confidence level in (0, 1), such as .95
     */
    public static QuantileEstimate of(Sample sample, double probability, double level) {
        if (!(probability > 0 && probability < 1)) {
            throw new IllegalArgumentException("probability must be in (0, 1), was " + probability);
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level must be in (0, 1), was " + level);
        }
        return new QuantileEstimate(requireNonNull(sample, "sample"), probability, level);
    }

    /** Values, at least 1. */
    public int n() {
        return sample.size();
    }

    /** The sample's quantile ({@link Sample#quantile}), in the unit of the values. */
    public double estimate() {
        return sample.quantile(probability);
    }

    /** The interval; empty when {@link #noInterval()} says why. */
    public Optional<Interval> interval() {
        return interval;
    }

    /** Why there is no interval, such as {@code n too small: 40 of 59}; empty when there is one. */
    public Optional<String> noInterval() {
        return interval.isPresent() ? Optional.empty() : Optional.of("n too small: " + n() + " of " + smallestSample());
    }

    /** The fewest values with which an interval of this level exists. */
    public int smallestSample() {
        double extreme = Math.max(probability, 1 - probability);
        int n = Math.max(1, (int) Math.floor(Math.log1p(-level) / Math.log(extreme)) - 1);
        while (1 - Math.pow(probability, n) - Math.pow(1 - probability, n) < level) {
            n++;
        }
        return n;
    }

    private Interval ofRanks() {
        int n = sample.size();
        // below[k]: chance that fewer than k values lie below the quantile.
        double[] below = new double[n + 1];
        BinomialDistribution count = BinomialDistribution.of(n, probability);
        for (int k = 1; k <= n; k++) {
            below[k] = count.cumulativeProbability(k - 1);
        }
        int[] ranks = equalTails(below);
        if (ranks[0] < 1 || ranks[1] > n) {
            ranks = closest(below);
        }
        return new Interval(sample.sorted()[ranks[0] - 1], sample.sorted()[ranks[1] - 1], level);
    }

    private int[] equalTails(double[] below) {
        double tail = (1 - level) / 2;
        int low = 0;
        int high = below.length;
        for (int k = 1; k < below.length; k++) {
            low = below[k] <= tail ? k : low;
        }
        for (int k = below.length - 1; k >= 1; k--) {
            high = below[k] >= 1 - tail ? k : high;
        }
        return new int[] {low, high};
    }

    /** For each l the least u that reaches the level; of those the closest pair. Time {@code O(n)}. */
    private int[] closest(double[] below) {
        int n = below.length - 1;
        int[] best = {1, n};
        int u = 2;
        for (int l = 1; l < n; l++) {
            while (u < n && (u <= l || below[u] - below[l] < level)) {
                u++;
            }
            double coverage = below[u] - below[l];
            if (coverage < level) {
                break;
            }
            boolean closer = u - l < best[1] - best[0];
            boolean likelier = u - l == best[1] - best[0] && coverage > below[best[1]] - below[best[0]];
            best = closer || likelier ? new int[] {l, u} : best;
        }
        return best;
    }

    /** Such as {@code 4.20 [3.10, 5.00], n=60}. */
    @Override
    public String toString() {
        String range = interval.map(i -> String.format(Locale.ROOT, "[%.2f, %.2f]", i.low(), i.high()))
                .orElseGet(() -> "(" + noInterval().orElseThrow() + ")");
        return String.format(Locale.ROOT, "%.2f %s, n=%d", estimate(), range, n());
    }
}
