package dev.melancia.stats;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean with its uncertainty: n, mean, standard deviation and a Student t interval. Immutable.
 *
 * <p>Interval: {@code mean ± t(1 - (1 - level)/2; n - 1) * sd / sqrt(n)} with {@code sd} over {@code n - 1}. It assumes
 * independent values and a mean that is about normal. The t interval is not enough
 *
 * <ul>
 *   <li>below some thirty values from a skewed distribution, such as latency: it covers less than it says;
 *   <li>for yes/no values: use {@link ProportionEstimate};
 *   <li>for bounded scores near a bound: it may reach beyond the scale;
 *   <li>for values that come in groups, such as several questions on one document: it is too narrow;
 *   <li>to compare two models on the same questions: take the differences question by question.
 * </ul>
 *
 * There is no interval below two values, nor when all values are equal: a sample without spread says nothing of the
 * spread. Reference: Student 1908, <a href="https://doi.org/10.1093/biomet/6.1.1">doi:10.1093/biomet/6.1.1</a>.
 *
 * @since 0.1.0
 */
public final class MeanEstimate {

    private final int n;
    private final double mean;
    private final double standardDeviation;
    private final double level;

    private MeanEstimate(int n, double mean, double standardDeviation, double level) {
        this.n = n;
        this.mean = mean;
        this.standardDeviation = standardDeviation;
        this.level = level;
    }

    /**
     * Estimates the mean behind a sample.
     *
     * @param values finite values in any order; may be empty; not changed
     * @param level confidence level in (0, 1), such as .95
     * @throws IllegalArgumentException when a value is not finite or the level is out of range
     */
    public static MeanEstimate of(double[] values, double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level must be in (0, 1), was " + level);
        }
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("values must be finite, was " + values[i] + " at index " + i);
            }
        }
        double mean = mean(values);
        return new MeanEstimate(values.length, mean, standardDeviation(values, mean), level);
    }

    /** Number of values, at least 0. */
    public int n() {
        return n;
    }

    /** The mean; empty without values. */
    public OptionalDouble mean() {
        return n == 0 ? OptionalDouble.empty() : OptionalDouble.of(mean);
    }

    /** The sample standard deviation (over n - 1), at least 0; empty below two values. */
    public OptionalDouble standardDeviation() {
        return n < 2 ? OptionalDouble.empty() : OptionalDouble.of(standardDeviation);
    }

    /** The t interval of the mean; empty when {@link #noInterval()} says why. */
    public Optional<Interval> interval() {
        if (noInterval().isPresent()) {
            return Optional.empty();
        }
        double quantile = TDistribution.of(n - 1).inverseSurvivalProbability((1 - level) / 2);
        double half = quantile * standardDeviation / Math.sqrt(n);
        return Optional.of(new Interval(mean - half, mean + half, level));
    }

    /** Why there is no interval; empty when there is one. */
    public Optional<String> noInterval() {
        if (n < 2) {
            return Optional.of("n too small");
        }
        return standardDeviation == 0 ? Optional.of("all values equal") : Optional.empty();
    }

    private static double mean(double[] values) {
        double shift = values.length == 0 ? 0 : values[0];
        return shift + Arrays.stream(values).map(value -> value - shift).sum() / Math.max(1, values.length);
    }

    private static double standardDeviation(double[] values, double mean) {
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / Math.max(1, values.length - 1));
    }

    /** Such as {@code 0.47 [0.40, 0.54], n=60}. */
    @Override
    public String toString() {
        return MeanText.of(mean(), interval(), noInterval().orElse(""), "n=" + n);
    }
}
