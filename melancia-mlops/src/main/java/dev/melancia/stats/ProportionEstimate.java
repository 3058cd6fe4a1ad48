package dev.melancia.stats;

import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A rate with its uncertainty: the Wilson score interval, without continuity correction. It holds from one trial on, never
 * leaves [0, 1], and no failure in n trials does not become a rate known to be zero. Immutable.
 *
 * <p>With {@code p = successes/n} and {@code z} the normal quantile: {@code (p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 +
 * z²/n)}. It assumes independent trials of one rate. Reference: Wilson 1927,
 * <a href="https://doi.org/10.1080/01621459.1927.10502953">doi:10.1080/01621459.1927.10502953</a>.
 *
 * @param successes trials that had the property, in [0, n]
 * @param n trials, at least 0
 * @param level confidence level in (0, 1)
 * @since 0.1.0
 */
public record ProportionEstimate(int successes, int n, double level) {

    public ProportionEstimate {
        if (successes < 0 || successes > n) {
            throw new IllegalArgumentException("successes must be in [0, n], was " + successes + " of " + n);
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level must be in (0, 1), was " + level);
        }
    }

    /** The share of successes in [0, 1]; empty without trials. */
    public OptionalDouble rate() {
        return n == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) successes / n);
    }

    /** The Wilson interval, inside [0, 1]; empty without trials. */
    public Optional<Interval> interval() {
        if (n == 0) {
            return Optional.empty();
        }
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2);
        double p = (double) successes / n;
        double share = z * z / n;
        double centre = (p + share / 2) / (1 + share);
        double half = z * Math.sqrt(p * (1 - p) / n + share / (4 * n)) / (1 + share);
        double low = successes == 0 ? 0 : Math.max(0, centre - half);
        double high = successes == n ? 1 : Math.min(1, centre + half);
        return Optional.of(new Interval(low, high, level));
    }

    /** Such as {@code 0.05 [0.02, 0.14], 3 of 60}. */
    @Override
    public String toString() {
        return MeanText.of(rate(), interval(), "n too small", successes + " of " + n);
    }
}
