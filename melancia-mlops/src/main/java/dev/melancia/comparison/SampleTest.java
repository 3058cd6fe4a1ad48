package dev.melancia.comparison;

import dev.melancia.comparison.RunPair.Test;
import dev.melancia.stats.Interval;
import dev.melancia.stats.MeanEstimate;
import dev.melancia.stats.ProportionEstimate;
import dev.melancia.stats.paired.PairedComparison;
import dev.melancia.stats.paired.RateDifference;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.inference.DataDispersion;
import org.apache.commons.statistics.inference.FisherExactTest;
import org.apache.commons.statistics.inference.TTest;

/**
 * Two runs on one metric before the correction for many.
 *
 * <p>Values of different cases: for 0 and 1 Fisher's exact test (Fisher 1935) with the interval of {@link
 * RateDifference#unpaired}; else Welch's t test of the means (Welch 1947, <a
 * href="https://doi.org/10.1093/biomet/34.1-2.28">doi</a>) with {@code d ± t(.975; df) sqrt(s1²/n1 + s2²/n2)}. The latter assumes
 * means that are about normal, so it is not done below {@value #LEAST_UNPAIRED} values a run.
 *
 * @param p NaN without a test
 */
record SampleTest(Test test, int n, OptionalDouble difference, Optional<Interval> interval, double p, String obstacle) {

    static final int LEAST_UNPAIRED = 20;

    private static final double LEVEL = .95;

    /** Seed of the random sign flips: the same runs give the same report. */
    private static final long SEED = 20_261_130;

    static SampleTest of(MetricSamples first, MetricSamples second, boolean sameCases) {
        boolean zeroOrOne = first.zeroOrOne() && second.zeroOrOne();
        if (sameCases && first.hasStepsOf(second)) {
            return paired(first.pairedWith(second), zeroOrOne);
        }
        return unpaired(first.values(), second.values(), zeroOrOne);
    }

    private static SampleTest paired(double[][] values, boolean zeroOrOne) {
        if (values[0].length == 0) {
            return none(0, "no step for which both have a value");
        }
        PairedComparison found = PairedComparison.of(
                MetricSamples.measurements(values[0], zeroOrOne),
                MetricSamples.measurements(values[1], zeroOrOne),
                LEVEL,
                SEED);
        return new SampleTest(
                Test.PAIRED,
                found.n(),
                OptionalDouble.of(found.difference()),
                found.interval(),
                found.pValue(),
                found.noInterval().orElse(""));
    }

    private static SampleTest unpaired(double[] first, double[] second, boolean zeroOrOne) {
        int n = first.length + second.length;
        if (zeroOrOne) {
            return rates(first, second);
        }
        if (Math.min(first.length, second.length) < LEAST_UNPAIRED) {
            return none(
                    n,
                    "n too small: " + first.length + " and " + second.length + " values with other steps, at least "
                            + LEAST_UNPAIRED + " each needed");
        }
        return welch(first, second);
    }

    static SampleTest welch(double[] first, double[] second) {
        int n = first.length + second.length;
        MeanEstimate one = MeanEstimate.of(first, LEVEL);
        MeanEstimate two = MeanEstimate.of(second, LEVEL);
        double difference = one.mean().orElseThrow() - two.mean().orElseThrow();
        double error = Math.hypot(error(one), error(two));
        if (error == 0) {
            return none(n, "all values of each run are equal");
        }
        TTest.Result welch =
                TTest.withDefaults().with(DataDispersion.HETEROSCEDASTIC).test(first, second);
        double reach =
                error * TDistribution.of(welch.getDegreesOfFreedom()).inverseSurvivalProbability((1 - LEVEL) / 2);
        return new SampleTest(
                Test.UNPAIRED,
                n,
                OptionalDouble.of(difference),
                Optional.of(new Interval(difference - reach, difference + reach, LEVEL)),
                welch.getPValue(),
                "");
    }

    private static double error(MeanEstimate mean) {
        return mean.standardDeviation().orElse(0) / Math.sqrt(mean.n());
    }

    static SampleTest rates(double[] first, double[] second) {
        int one = (int) Arrays.stream(first).sum();
        int two = (int) Arrays.stream(second).sum();
        int[][] table = {{one, first.length - one}, {two, second.length - two}};
        boolean allEqual = one + two == 0 || one + two == first.length + second.length;
        RateDifference found = RateDifference.unpaired(
                new ProportionEstimate(one, first.length, LEVEL), new ProportionEstimate(two, second.length, LEVEL));
        return new SampleTest(
                Test.UNPAIRED,
                first.length + second.length,
                OptionalDouble.of(found.estimate()),
                Optional.of(found.interval()),
                allEqual ? 1 : FisherExactTest.withDefaults().test(table).getPValue(),
                "");
    }

    static SampleTest none(int n, String obstacle) {
        return new SampleTest(Test.NONE, n, OptionalDouble.empty(), Optional.empty(), Double.NaN, obstacle);
    }

    RunPair corrected(int first, int second, double adjusted) {
        OptionalDouble p = test == Test.NONE ? OptionalDouble.empty() : OptionalDouble.of(adjusted);
        return new RunPair(first, second, test, n, difference, interval, p, obstacle);
    }
}
