/**
 * What is recorded, as values and as lines of a journal: the events of experiment runs and of traces, with the limits of
 * MLflow checked when they are made.
 *
 * <pre>{@code
 * byte[] line = EventCodec.encode(new RunEvent.Metric(runId, "loss", new MetricPoint(0.5, 0, now)));
 * Optional<TrackingEvent> event = EventCodec.decode(line);
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.mlflow.event;

import org.jspecify.annotations.NullMarked;
