package dev.melancia.analysis;

import static java.util.Objects.requireNonNull;

import dev.melancia.stats.Interval;
import dev.melancia.stats.paired.McNemar;
import dev.melancia.stats.paired.PairedComparison;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Two subjects on one metric, question by question: differences are first minus second, over the questions for which both
 * have a value. Immutable.
 *
 * @since 0.1.0
 */
public final class MetricComparison {

    /** Family-wise chance of declaring a difference that is not there. */
    static final double ALPHA = .05;

    /** Below, even equal signs of all differences have p above .05. */
    private static final int LEAST_CLUSTERS = 6;

    private static final double POWER = .8;

    private final Metric metric;
    private final @Nullable PairedComparison test;
    private final String obstacle;
    private final OptionalDouble adjusted;
    private final int tests;

    /** The adjusted p is empty without a test. */
    MetricComparison(PairTest tested, OptionalDouble adjusted, int tests) {
        this.metric = tested.metric();
        this.test = tested.test();
        this.obstacle = tested.obstacle();
        this.adjusted = requireNonNull(adjusted, "adjusted");
        this.tests = tests;
    }

    /** What is compared. */
    public Metric metric() {
        return metric;
    }

    /** Questions for which both subjects have a value, at least 0. */
    public int n() {
        return test == null ? 0 : test.n();
    }

    /** Groups of these questions, at most n. */
    public int clusters() {
        return test == null ? 0 : test.clusters();
    }

    /** Mean of first minus second in the metric's unit; empty when {@link #reason()} says why. */
    public OptionalDouble difference() {
        return test == null ? OptionalDouble.empty() : OptionalDouble.of(test.difference());
    }

    /** 95 % interval of the difference, for this comparison alone; empty when {@link #reason()} says why. */
    public Optional<Interval> interval() {
        return test == null ? Optional.empty() : test.interval();
    }

    /** Two-sided p of this comparison alone, in (0, 1]. */
    public OptionalDouble pValue() {
        return test == null ? OptionalDouble.empty() : OptionalDouble.of(test.pValue());
    }

    /** The p-value after Holm, over all pairs of subjects and all compared metrics of the report. */
    public OptionalDouble adjustedPValue() {
        return adjusted;
    }

    /** Mean difference in standard deviations of the differences, Hedges' factor applied; empty without spread. */
    public OptionalDouble effectSize() {
        return test == null ? OptionalDouble.empty() : test.standardizedDifference();
    }

    /** Matched-pairs rank-biserial correlation in [-1, 1], for skewed metrics such as latency; empty where all are equal. */
    public OptionalDouble rankBiserial() {
        return test == null ? OptionalDouble.empty() : test.rankBiserial();
    }

    /** Questions that only one of the two passed; empty unless both have independent passes and failures. */
    public Optional<McNemar> counts() {
        return test == null ? Optional.empty() : test.counts();
    }

    /**
     * The least true difference that these questions would have shown with probability .8 at the strictest level that Holm
     * may ask for (.05 over the number of tests in the report), above 0; empty without spread.
     */
    public OptionalDouble minimumDetectable() {
        return test == null ? OptionalDouble.empty() : test.minimumDetectable(ALPHA / Math.max(1, tests), POWER);
    }

    /**
     * A difference of either sign beyond this would contradict the interval, or would most likely have been declared: the
     * interval's end furthest from 0, or {@link #minimumDetectable()} where that is larger; at least 0. Empty without an interval.
     */
    public OptionalDouble bound() {
        if (interval().isEmpty()) {
            return OptionalDouble.empty();
        }
        Interval interval = interval().get();
        double end = Math.max(Math.abs(interval.low()), Math.abs(interval.high()));
        return OptionalDouble.of(Math.max(end, minimumDetectable().orElse(0)));
    }

    /** The test, such as {@code McNemar, exact}; empty without one. */
    public String method() {
        if (test == null) {
            return "";
        }
        return switch (test.test()) {
            case MCNEMAR_EXACT -> "McNemar, exact";
            case SIGN_FLIPS_EXACT -> "sign flips, exact";
            case SIGN_FLIPS_RANDOM -> "sign flips, random";
        };
    }

    /** Why there is no test or no interval; empty when there are both. */
    public String reason() {
        return test == null ? obstacle : test.noInterval().orElse("");
    }

    /** Whether both have the same value on every question of at least three. */
    boolean isExactlyEqual() {
        return test != null
                && test.difference() == 0
                && test.standardizedDifference().isEmpty()
                && test.n() > 2;
    }

    /** What it comes to. */
    public Verdict verdict() {
        if (test == null) {
            return Verdict.NOT_MEASURED;
        }
        boolean zeroInside = interval().map(interval -> interval.contains(0)).orElse(false);
        if (adjusted.orElse(1) < ALPHA && !zeroInside && test.difference() != 0) {
            return test.difference() > 0 == metric.higherIsBetter() ? Verdict.FIRST_BETTER : Verdict.SECOND_BETTER;
        }
        return clusters() < LEAST_CLUSTERS || interval().isEmpty() ? Verdict.N_TOO_SMALL : Verdict.NO_DIFFERENCE_SEEN;
    }
}
