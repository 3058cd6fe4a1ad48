package dev.melancia.mlflow.event;

import java.time.Instant;

/**
 * Anything that is recorded in a journal for MLflow. Immutable.
 *
 * @since 0.1.0
 */
public sealed interface TrackingEvent permits RunEvent, TraceEvent {

    /** When it happened, not before 1970, in microseconds. */
    Instant at();
}
