package dev.melancia.analysis;

import dev.melancia.stats.Interval;
import dev.melancia.stats.MeanInterval;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One metric of one subject. Failed calls have no score, time or cost: read it beside the failure rate. Repeats of a
 * question are averaged first, so n counts questions. Immutable.
 *
 * @since 0.1.0
 */
public final class MetricSummary {

    private static final double MEDIAN = .5;
    private static final double P95 = .95;
    private static final double P99 = .99;

    private final Metric metric;
    private final Observations observations;
    private final MeanInterval mean;
    private final String incomplete;

    MetricSummary(Metric metric, Observations observations) {
        this.metric = metric;
        this.observations = observations;
        mean = Estimates.mean(observations, metric);
        incomplete = metric.mustBeComplete() && observations.missing() > 0
                ? "unknown for " + observations.missing() + " of " + (observations.missing() + values())
                        + " answered calls"
                : "";
    }

    /** What is summed up. */
    public Metric metric() {
        return metric;
    }

    /** The metric's name. */
    public String name() {
        return metric.name();
    }

    /** Questions with a value, at least 0. */
    public int n() {
        return observations.ids().size();
    }

    /** Values: as n, times the repeats that gave one. */
    public int values() {
        return observations.calls().length;
    }

    /** Groups of questions (conversations, documents), at most n; equal to it when all questions are independent. */
    public int clusters() {
        return observations.groupCount();
    }

    /** Mean over questions in the metric's unit; empty when n is 0, and for a cost while one call's is unknown. */
    public OptionalDouble mean() {
        return incomplete.isEmpty() ? mean.estimate() : OptionalDouble.empty();
    }

    /** Its 95 % interval, inside the metric's scale; empty when {@link #noInterval()} says why. */
    public Optional<Interval> interval() {
        return incomplete.isEmpty() ? mean.interval() : Optional.empty();
    }

    /** How the interval was made, such as {@code Wilson score interval}. */
    public String method() {
        return incomplete.isEmpty() ? mean.method().words() : MeanInterval.Method.NONE.words();
    }

    /** Why there is no interval; empty when there is one. */
    public Optional<String> noInterval() {
        return incomplete.isEmpty() ? mean.noInterval() : Optional.of(incomplete);
    }

    /** Why the interval is not to be trusted much, such as very skewed values; empty when nothing speaks against it. */
    public Optional<String> caution() {
        return incomplete.isEmpty() ? mean.caution() : Optional.empty();
    }

    /** The median of the single values. */
    public Quantile median() {
        return quantile(MEDIAN);
    }

    /** The value that 95 % of the calls do not exceed. */
    public Quantile p95() {
        return quantile(P95);
    }

    /** The value that 99 % of the calls do not exceed. */
    public Quantile p99() {
        return quantile(P99);
    }

    private Quantile quantile(double share) {
        return Estimates.quantile(share, observations);
    }

    /** The mean of one question's values; empty when it has none. */
    public OptionalDouble value(String questionId) {
        return observations.mean(questionId);
    }

    /** Answered calls without a value: the scorer had nothing to say of them, or nothing was measured. */
    public int notApplicable() {
        return observations.missing();
    }

    /** Answers on which the scorer broke. */
    public int failed() {
        return observations.failed();
    }

    Observations observations() {
        return observations;
    }

    /** Such as {@code token F1 0.47 [0.40, 0.54], n=60}. */
    @Override
    public String toString() {
        return metric.name() + " " + (incomplete.isEmpty() ? mean : incomplete);
    }
}
