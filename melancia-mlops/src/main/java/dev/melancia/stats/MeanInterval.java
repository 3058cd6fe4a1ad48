package dev.melancia.stats;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A mean with an interval by the method that holds for these values, or the reason why there is none. One entry for
 * scores, rates, times and money, with or without clusters. Immutable.
 *
 * <p>Not for comparing two subjects on the same questions: compare them question by question. What is chosen, first rule
 * that applies:
 *
 * <ol>
 *   <li>{@link Method#WILSON}: independent values, all at the ends of a bounded scale (pass or fail); any n ≥ 1. Wilson
 *       1927, <a href="https://doi.org/10.1080/01621459.1927.10502953">doi</a>.
 *   <li>{@link Method#ALL_EQUAL}: bounded scale, no spread; the share of values elsewhere is below Wilson's limit for none
 *       of n, and they may lie anywhere on the scale.
 *   <li>{@link Method#LARGEST_SPREAD}: bounded scale, below {@value MeanChoice#LEAST_VALUES} values or {@value MeanChoice#LEAST_CLUSTERS}
 *       clusters: Wilson's interval with the largest variance that the scale allows, {@code p(1-p)} (Bhatia and Davis 2000,
 *       <a href="https://doi.org/10.1080/00029890.2000.12005203">doi</a>), and clusters counted as one value each. Wide and safe.
 *   <li>{@link Method#SCORE}: bounded scale. {@code (p + q²/2m ± q sqrt(p(1-p)/m + q²/4m²)) / (1 + q²/m)} on the scale made
 *       [0, 1]: Wilson's interval for the m yes/no values that would be as informative, {@code m = p(1-p)/V}, with a t quantile
 *       q. V is the variance of the mean: {@code s²/n}, or cluster-robust (CR2, degrees of freedom after
 *       Satterthwaite). It leans towards the middle as skewed scores near a bound need, and stays on the scale. Korn and Graubard
 *       1998, Survey Methodology 24(2), 193-201; Franco et al. 2019, <a href="https://doi.org/10.1093/jssam/smy019">doi</a>;
 *       variance proportional to {@code p(1-p)} for any bounded score: Papke and Wooldridge 1996, <a
 *       href="https://doi.org/10.1002/(SICI)1099-1255(199611)11:6%3C619::AID-JAE418%3E3.0.CO;2-1">doi</a>. Where the
 *       commonest value fills most of the sample, V is not trusted to be much smaller than {@code p(1-p)/n}: the factor
 *       between the two is raised to the power {@code k/(k + .7 w)}, k the clusters with another value, w the share without.
 *       With clusters the ends are the averages of these and of those of the next method.
 *   <li>{@link Method#SKEW_CORRECTED_T}: no bounds, at least {@value MeanChoice#LEAST_UNBOUNDED} values ({@value
 *       MeanChoice#LEAST_TOTALS} clusters), {@value MeanChoice#LEAST_DIFFERING} of them unlike the commonest. The t interval
 *       with its quantiles moved for skewness: Hall 1992, <a
 *       href="https://doi.org/10.1111/j.2517-6161.1992.tb01875.x">doi</a>. Without skewness it is Student's. Where the deciles
 *       suggest a log-normal law whose squared skewness exceeds n, {@link #caution} says that n is too small.
 *   <li>{@link Method#NONE}: {@link #noInterval} says what is missing.
 * </ol>
 *
 * Assumes independent clusters that were not chosen by their values. No method sees a tail that the sample missed. Measured
 * coverage: {@code docs/statistics.md}.
 *
 * @since 0.1.0
 */
public final class MeanInterval {

    /** How an interval of a mean was made. */
    public enum Method {
        /** Wilson's score interval of a rate. */
        WILSON("Wilson score interval"),
        /** All values are equal, on a bounded scale. */
        ALL_EQUAL("limit for values that were not seen"),
        /** Wilson's interval with the largest variance that the scale allows. */
        LARGEST_SPREAD("score interval with the largest possible spread"),
        /** Score interval of a bounded mean, cluster-robust where there are clusters. */
        SCORE("score interval of a bounded mean"),
        /** Hall's t interval, cluster-robust where there are clusters. */
        SKEW_CORRECTED_T("t interval corrected for skewness"),
        /** There is no interval. */
        NONE("no interval");

        private final String words;

        Method(String words) {
            this.words = words;
        }

        /** The method in a few English words. */
        public String words() {
            return words;
        }
    }

    private final Measurements measurements;
    private final ClusterMean mean;
    private final MeanChoice choice;
    private final Optional<Interval> interval;

    private MeanInterval(Measurements measurements, double level) {
        this.measurements = measurements;
        mean = new ClusterMean(measurements);
        choice = MeanChoice.of(measurements, mean);
        interval = interval(new MeanFormulas(measurements, mean, level));
    }

    private Optional<Interval> interval(MeanFormulas formulas) {
        return switch (choice.method()) {
            case WILSON, LARGEST_SPREAD -> Optional.of(formulas.wilson());
            case ALL_EQUAL -> Optional.of(formulas.allEqual());
            case SCORE -> Optional.of(formulas.score(Ties.of(measurements)));
            case SKEW_CORRECTED_T -> Optional.of(formulas.skewCorrected());
            case NONE -> Optional.empty();
        };
    }

    /**
     * The mean of the values and the interval that holds for them.
     *
     * @param level confidence level in (0, 1), such as .95
     * @throws IllegalArgumentException when the level is out of range
     */
    public static MeanInterval of(Measurements measurements, double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level must be in (0, 1), was " + level);
        }
        return new MeanInterval(requireNonNull(measurements, "measurements"), level);
    }

    /** Values, at least 0. */
    public int n() {
        return measurements.size();
    }

    /** Clusters, at most {@link #n}; equal to it when the values are independent. */
    public int clusters() {
        return mean.count();
    }

    /** The mean of all values; empty without values. */
    public OptionalDouble estimate() {
        return n() == 0 ? OptionalDouble.empty() : OptionalDouble.of(mean.mean());
    }

    /** The interval, inside the scale; empty when {@link #noInterval()} says why. */
    public Optional<Interval> interval() {
        return interval;
    }

    /** Why there is no interval, such as {@code n too small: 12 values, at least 30 needed}; empty when there is one. */
    public Optional<String> noInterval() {
        return method() == Method.NONE ? Optional.of(choice.why()) : Optional.empty();
    }

    /** The method that was taken. */
    public Method method() {
        return choice.method();
    }

    /** Why it was taken, or why there is none: a short English clause. */
    public String why() {
        return choice.why();
    }

    /**
     * What to say beside the interval, such as {@code n too small: 60 values for so skewed a spread, …}: that there is none, that it
     * may be too narrow, or why it is so wide. Empty when there is nothing to say.
     */
    public Optional<String> caution() {
        return choice.caution().isEmpty() ? Optional.empty() : Optional.of(choice.caution());
    }

    /**
     * Standard error of the mean, in the unit of the values, ties allowed for; empty below two clusters and without spread.
     */
    public OptionalDouble standardError() {
        if (clusters() < 2 || mean.variance() == 0) {
            return OptionalDouble.empty();
        }
        if (method() == Method.SCORE) {
            return OptionalDouble.of(new MeanFormulas(measurements, mean, 0.5).effectiveError(Ties.of(measurements)));
        }
        return OptionalDouble.of(Math.sqrt(mean.variance()));
    }

    /** Degrees of freedom of the standard error, at least 1: n - 1, or fewer with clusters; empty below two clusters. */
    public OptionalDouble degreesOfFreedom() {
        return clusters() < 2 ? OptionalDouble.empty() : OptionalDouble.of(mean.degreesOfFreedom());
    }

    /** Such as {@code 0.47 [0.40, 0.54], n=60}. */
    @Override
    public String toString() {
        String count = measurements.clustered() ? "n=" + n() + " in " + clusters() + " clusters" : "n=" + n();
        return MeanText.of(estimate(), interval, why(), count);
    }
}
