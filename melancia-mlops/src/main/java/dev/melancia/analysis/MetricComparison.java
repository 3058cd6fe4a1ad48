package dev.melancia.analysis;

import static java.util.Objects.requireNonNull;

import dev.melancia.stats.Interval;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Two subjects on one metric, question by question: differences are first minus second, over the questions for which both
 * have a value. Immutable.
 *
 * @since 0.1.0
 */
public final class MetricComparison {

    /** Family-wise chance of declaring a difference that is not there. */
    static final double ALPHA = .05;

    private final Metric metric;
    private final int n;
    private final int clusters;
    private final PairFigure figure;
    private final OptionalDouble adjusted;

    MetricComparison(Metric metric, PairedValues values, PairFigure figure, OptionalDouble adjusted) {
        this.metric = requireNonNull(metric, "metric");
        this.n = values.n();
        this.clusters = values.clusters();
        this.figure = requireNonNull(figure, "figure");
        this.adjusted = requireNonNull(adjusted, "adjusted");
    }

    /** What is compared. */
    public Metric metric() {
        return metric;
    }

    /** Questions for which both subjects have a value, at least 0. */
    public int n() {
        return n;
    }

    /** Groups of these questions, at most n. */
    public int clusters() {
        return clusters;
    }

    /** Mean of first minus second in the metric's unit; empty without a question in common. */
    public OptionalDouble difference() {
        return figure.difference();
    }

    /** 95 % interval of the difference, for this comparison alone; empty when {@link #reason()} says why. */
    public Optional<Interval> interval() {
        return figure.interval();
    }

    /** Two-sided p of this comparison alone, in [0, 1]. */
    public OptionalDouble pValue() {
        return figure.pValue();
    }

    /** The p-value after Holm, over all pairs of subjects and all compared metrics of the report. */
    public OptionalDouble adjustedPValue() {
        return adjusted;
    }

    /** Mean difference in standard deviations of the differences (Cohen's d of pairs). */
    public OptionalDouble effectSize() {
        return figure.effectSize();
    }

    /** The least true difference that so many questions would have shown with probability .8 at p below .05, above 0. */
    public OptionalDouble minimumDetectable() {
        return figure.detectable();
    }

    /**
     * A difference of either sign beyond this would contradict the interval, or would most likely have been seen: the
     * interval's end furthest from 0, or {@link #minimumDetectable()} where that is larger; at least 0. Empty without an interval.
     */
    public OptionalDouble bound() {
        if (figure.interval().isEmpty()) {
            return OptionalDouble.empty();
        }
        Interval interval = figure.interval().get();
        double end = Math.max(Math.abs(interval.low()), Math.abs(interval.high()));
        return OptionalDouble.of(Math.max(end, figure.detectable().orElse(0)));
    }

    /** The test, such as {@code McNemar, exact}; empty without one. */
    public String method() {
        return figure.method();
    }

    /** Why something is missing; empty when nothing is. */
    public String reason() {
        return figure.reason();
    }

    /** What it comes to. */
    public Verdict verdict() {
        if (n == 0 || (figure.difference().isEmpty() && !figure.reason().equals(Estimates.N_TOO_SMALL))) {
            return Verdict.NOT_MEASURED;
        }
        if (clusters < Estimates.LEAST_UNITS || adjusted.isEmpty()) {
            return Verdict.N_TOO_SMALL;
        }
        double difference = figure.difference().orElse(0);
        boolean zeroInside =
                figure.interval().map(interval -> interval.contains(0)).orElse(difference == 0);
        if (adjusted.getAsDouble() >= ALPHA || zeroInside) {
            return Verdict.NO_DIFFERENCE_SEEN;
        }
        return difference > 0 == metric.higherIsBetter() ? Verdict.FIRST_BETTER : Verdict.SECOND_BETTER;
    }
}
