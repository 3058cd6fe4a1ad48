package dev.melancia.analysis;

import static java.util.Objects.requireNonNull;

import dev.melancia.stats.Interval;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A quantile of a metric's single values (repeats apart) with its order-statistic interval, which assumes no shape of the
 * distribution. Immutable.
 *
 * @param share of the values at or below it, in (0, 1), such as .95
 * @param value in the metric's unit; empty when {@code reason} says why. The median is given without an interval too
 * @param interval 95 %; empty when there are too few values for one
 * @param reason why the value or its interval is missing, such as {@code n too small}; else empty
 * @since 0.1.0
 */
public record Quantile(double share, OptionalDouble value, Optional<Interval> interval, String reason) {

    public Quantile {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("share must be in (0, 1), was " + share);
        }
        requireNonNull(value, "value");
        requireNonNull(interval, "interval");
        requireNonNull(reason, "reason");
    }
}
