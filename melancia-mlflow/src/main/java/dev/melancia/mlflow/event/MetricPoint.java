package dev.melancia.mlflow.event;

import java.time.Instant;

/**
 * One value of a metric. Immutable.
 *
 * @param value any double. NaN is kept as NaN; MLflow stores the infinities as plus or minus the greatest finite double
 * @param step position in the series, any long; the point with the greatest step is the latest
 * @param at when it was measured, not before 1970, kept in microseconds (MLflow: milliseconds)
 * @since 0.1.0
 */
public record MetricPoint(double value, long step, Instant at) {

    public MetricPoint {
        at = RunEventRules.time(at);
    }
}
