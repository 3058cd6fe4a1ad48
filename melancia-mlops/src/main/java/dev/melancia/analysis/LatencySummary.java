package dev.melancia.analysis;

import dev.melancia.benchmark.Outcome;
import dev.melancia.stats.MeanEstimate;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How long a subject took to answer, failures aside: time of the call alone, after warm-up. Latencies are skewed: prefer
 * the median and the 95th percentile to the mean. Immutable.
 *
 * @since 0.1.0
 */
public final class LatencySummary {

    private final double[] nanos;

    private LatencySummary(double[] nanos) {
        this.nanos = nanos;
    }

    static LatencySummary of(List<Outcome> outcomes) {
        return new LatencySummary(outcomes.stream()
                .filter(outcome -> outcome.reply().isPresent())
                .mapToDouble(Outcome::latencyNanos)
                .toArray());
    }

    /** Answered calls, at least 0. */
    public int n() {
        return nanos.length;
    }

    /** Mean in nanoseconds with its 95 % t interval, which is rough for skewed times. */
    public MeanEstimate meanNanos() {
        return MeanEstimate.of(nanos, BenchmarkReport.LEVEL);
    }

    /** Median in nanoseconds; empty below three calls. */
    public OptionalDouble medianNanos() {
        return OrderStatistics.median(nanos);
    }

    /** The 95th percentile in nanoseconds (order statistic of rank ceil(0.95 n)); empty below twenty calls. */
    public OptionalDouble p95Nanos() {
        return OrderStatistics.p95(nanos);
    }
}
