package dev.melancia.comparison;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalInt;

/**
 * One metric of all runs. Immutable.
 *
 * @param key of the metric
 * @param better whether more or less of it is better
 * @param kind what stands behind the values
 * @param values one for each run, in the order of the runs
 * @param pairs the tests, each run with those after it; empty unless there are samples
 * @param best what can be said of the best run
 * @since 0.1.0
 */
public record ComparedMetric(
        String key,
        MetricDirections.Better better,
        Kind kind,
        List<MetricValue> values,
        List<RunPair> pairs,
        Best best) {

    public ComparedMetric {
        values = List.copyOf(values);
        pairs = List.copyOf(pairs);
        requireNonNull(better, "better");
        requireNonNull(best, "best");
    }

    /** What stands behind a metric's values. */
    public enum Kind {
        /** Many points in each run that are known to be separate cases: means are compared and tested. */
        SAMPLES,
        /** One mean in each run with an interval beside it ({@code /mean}, {@code /low}, {@code /high}). */
        INTERVAL,
        /** One value in each run, or a curve of which the latest counts; how noisy it is, is unknown. */
        SINGLE
    }

    /**
     * The best run, if there is one.
     *
     * @param run its place in the report, from 0; empty when none can be named
     * @param why why it is, or why there is none, in English
     */
    public record Best(OptionalInt run, String why) {}
}
