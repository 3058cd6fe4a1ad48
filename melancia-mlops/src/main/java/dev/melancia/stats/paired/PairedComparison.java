package dev.melancia.stats.paired;

import dev.melancia.stats.Interval;
import dev.melancia.stats.MeanInterval;
import dev.melancia.stats.Measurements;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Which of two subjects does better on the same questions, by how much, and how sure that is. Differences are first minus
 * second. Immutable.
 *
 * <p>Not for subjects that answered different questions, nor for repeated answers as if they were questions: average
 * them ({@link Measurements#averages}). Leave out questions that one of the two has no value for, and say how many.
 *
 * <p>p-value: {@link McNemar} exact for independent pass/fail values, else the sign-flip test of the mean difference (whole
 * clusters are flipped), exact up to 16 units that differ, else with 19,999 random flips, so at least 0.00005. Assumes that,
 * were neither subject better, each difference could as well have had the other sign. Sources: Fisher 1935, The Design of
 * Experiments, section 21; Phipson and Smyth 2010, <a href="https://doi.org/10.2202/1544-6115.1585">doi</a>. Below 6 units that differ
 * no p is below .05.
 *
 * <p>Interval: independent pass/fail values have Tango's ({@link RateDifference#paired}); it may leave out 0 by a little while
 * the exact p is still above 1 - level, which is conservative ({@link McNemar#midP} is not). Otherwise it is the inversion of the
 * sign-flip test (Hartigan 1969, <a href="https://doi.org/10.1080/01621459.1969.10501057">doi</a>), on a bounded scale widened to the
 * score interval of {@link MeanInterval}, which holds with ties too: where it leaves out 0, p is at most 1 - level. At least
 * {@value #LEAST_QUESTIONS} questions and 6 clusters; without bounds at least {@value #LEAST_DIFFERING} units that differ.
 *
 * @since 0.1.0
 */
public final class PairedComparison {

    private static final int LEAST_QUESTIONS = 20;
    private static final int LEAST_DIFFERING = 10;

    /** Where a p-value comes from. */
    public enum Test {
        /** McNemar's exact test. */
        MCNEMAR_EXACT,
        /** All sign flips. */
        SIGN_FLIPS_EXACT,
        /** Random sign flips. */
        SIGN_FLIPS_RANDOM
    }

    private final Measurements differences;
    private final MeanInterval mean;
    private final Optional<McNemar> counts;
    private final double pValue;
    private final Test test;
    private final Optional<Interval> interval;
    private final String noInterval;

    private PairedComparison(Measurements first, Measurements second, double level, long seed) {
        differences = first.minus(second);
        mean = MeanInterval.of(differences, level);
        counts = first.yesNo() && second.yesNo() && !first.clustered() ? Optional.of(count(first)) : Optional.empty();
        if (counts.isPresent()) {
            test = Test.MCNEMAR_EXACT;
            pValue = counts.get().pValue();
            noInterval = "";
            interval = Optional.of(ofRates(counts.get(), level));
        } else {
            SignFlips flips = flips(seed);
            test = flips.exact() ? Test.SIGN_FLIPS_EXACT : Test.SIGN_FLIPS_RANDOM;
            pValue = flips.pValue();
            noInterval = obstacle(flips.differing());
            interval = noInterval.isEmpty() ? Optional.of(ofFlips(flips, level)) : Optional.empty();
        }
    }

    /**
     * Compares two subjects.
     *
     * @param first values of one subject, with scale and clusters if there are any
     * @param second values of the other on the same questions in the same order, with the same scale and clusters
     * @param level confidence level in (0, 1), such as .95
     * @param seed of the random flips; the same seed gives the same result
     * @throws IllegalArgumentException if number, scale or clusters differ, there is no question, or the level is out of range
     */
    public static PairedComparison of(Measurements first, Measurements second, double level, long seed) {
        if (first.size() == 0) {
            throw new IllegalArgumentException("there must be at least one question that both answered, was none");
        }
        return new PairedComparison(first, second, level, seed);
    }

    private McNemar count(Measurements first) {
        int onlyFirst = 0;
        int onlySecond = 0;
        for (double difference : differences.toArray()) {
            onlyFirst += difference > 0 ? 1 : 0;
            onlySecond += difference < 0 ? 1 : 0;
        }
        return new McNemar(onlyFirst, onlySecond, first.size());
    }

    private SignFlips flips(long seed) {
        double[] sums = new double[differences.clusterCount()];
        int[] sizes = new int[sums.length];
        double[] values = differences.toArray();
        int[] clusters = differences.clusterNumbers();
        for (int i = 0; i < values.length; i++) {
            sums[clusters[i]] += values[i];
            sizes[clusters[i]]++;
        }
        return new SignFlips(sums, sizes, seed);
    }

    private String obstacle(int differing) {
        if (differences.bounded()) {
            return mean.method() == MeanInterval.Method.LARGEST_SPREAD ? mean.why() : "";
        }
        if (n() < LEAST_QUESTIONS) {
            return "n too small: " + n() + " questions, at least " + LEAST_QUESTIONS + " needed";
        }
        return differing < LEAST_DIFFERING
                ? "n too small: " + differing + " units with a difference, at least " + LEAST_DIFFERING + " needed"
                : "";
    }

    private Interval ofFlips(SignFlips flips, double level) {
        Optional<Interval> byFlips = flips.interval(level);
        if (!differences.bounded()) {
            return byFlips.orElseThrow();
        }
        Interval score = mean.interval().orElseThrow();
        return byFlips.map(other ->
                        new Interval(Math.min(score.low(), other.low()), Math.max(score.high(), other.high()), level))
                .orElse(score);
    }

    private Interval ofRates(McNemar rates, double level) {
        Interval tango = RateDifference.paired(rates, level).interval();
        return new Interval(tango.low() * differences.high(), tango.high() * differences.high(), level);
    }

    /** Questions, at least 1. */
    public int n() {
        return differences.size();
    }

    /** Independent units: clusters, or questions where there are none. */
    public int clusters() {
        return differences.clusterCount();
    }

    /** Mean difference, first minus second, in the unit of the values. */
    public double difference() {
        return mean.estimate().orElseThrow();
    }

    /** The interval of the difference; empty when {@link #noInterval()} says why. */
    public Optional<Interval> interval() {
        return interval;
    }

    /** Why there is no interval; empty when there is one. */
    public Optional<String> noInterval() {
        return interval.isPresent() ? Optional.empty() : Optional.of(noInterval);
    }

    /** Two-sided, in (0, 1], of one test alone: correct over all pairs and metrics ({@link dev.melancia.stats.Holm}). */
    public double pValue() {
        return pValue;
    }

    /** Where the p-value comes from. */
    public Test test() {
        return test;
    }

    /** Pass and fail counts; empty unless both subjects' values are independent passes and failures. */
    public Optional<McNemar> counts() {
        return counts;
    }

    /**
     * Mean difference over the standard deviation of the differences, with Hedges' factor {@code 1 - 3/(4(n-1) - 1)}; has no
     * unit. Clusters are ignored: it describes questions. Empty below three questions or without spread. Sources: Cohen 1988 (d_z);
     * Hedges 1981, <a href="https://doi.org/10.3102/10769986006002107">doi</a>.
     */
    public OptionalDouble standardizedDifference() {
        return Effects.standardized(differences.toArray());
    }

    /**
     * Matched-pairs rank-biserial correlation in [-1, 1]: the rank sum of the differences for the first subject minus that for
     * the second, over both, differences of 0 left out. 1 when the first is better wherever they differ. Empty where they never
     * do. Source: Kerby 2014, <a href="https://doi.org/10.2466/11.IT.3.1">doi</a>.
     */
    public OptionalDouble rankBiserial() {
        return Effects.rankBiserial(differences.toArray());
    }

    /** Standard error of the difference; empty below two clusters and when all differences are equal. */
    public OptionalDouble standardError() {
        return mean.standardError();
    }

    /**
     * The least true difference that this many questions of this spread would have shown with the given power: {@code (t(1 -
     * alpha/2) + t(power)) SE}, t with the degrees of freedom of the standard error; within 1 % of the noncentral t from 10
     * degrees on. It plans the next benchmark and says what this one could not see; it is no test. Empty where {@link
     * #standardError} is. Source: Bloom 1995, <a href="https://doi.org/10.1177/0193841X9501900504">doi</a>.
     *
     * @param alpha level of the test in (0, 1): .05, or .05 over the number of tests, the strictest level that Holm may ask for
     * @param power chance to see it, in (.5, 1), such as .8
     */
    public OptionalDouble minimumDetectable(double alpha, double power) {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha must be in (0, 1), was " + alpha);
        }
        if (!(power > 0.5 && power < 1)) {
            throw new IllegalArgumentException("power must be in (.5, 1), was " + power);
        }
        OptionalDouble error = standardError();
        if (error.isEmpty()) {
            return OptionalDouble.empty();
        }
        TDistribution t = TDistribution.of(mean.degreesOfFreedom().orElseThrow());
        double factor = t.inverseSurvivalProbability(alpha / 2) + t.inverseCumulativeProbability(power);
        return OptionalDouble.of(factor * error.getAsDouble());
    }
}
