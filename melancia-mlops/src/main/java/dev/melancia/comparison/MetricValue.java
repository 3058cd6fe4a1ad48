package dev.melancia.comparison;

import dev.melancia.stats.Interval;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one run has of a metric. Immutable.
 *
 * @param value the mean of the samples, or the latest value where there are none; empty when the run does not have the
 *     metric or it is NaN
 * @param n values behind it that are numbers, at least 0
 * @param interval 95 % interval of the mean; empty when {@code note} says why or there are no samples
 * @param note why there is no value or no interval, or what to be careful about; may be empty
 * @since 0.1.0
 */
public record MetricValue(OptionalDouble value, long n, Optional<Interval> interval, String note) {}
