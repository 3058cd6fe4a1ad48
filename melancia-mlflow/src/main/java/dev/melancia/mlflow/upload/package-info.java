/**
 * Brings what a journal holds to an MLflow server in the background.
 *
 * <pre>{@code
 * Journal journal = Journal.open(folder);
 * MlflowSettings settings = MlflowSettings.builder(URI.create("http://127.0.0.1:5000")).build();
 * try (MlflowUploader uploader = MlflowUploader.start(folder, settings)) {
 *     journal.append(EventCodec.encode(new RunEvent.Started(runId, now, "experiment", "first run")));
 *     journal.append(EventCodec.encode(new RunEvent.Metric(runId, "loss", new MetricPoint(0.5, 0, now))));
 *     boolean delivered = uploader.flush(Duration.ofSeconds(10));
 * }
 * }</pre>
 *
 * <p>Most applications use {@code ExperimentTracker}, which writes the journal and starts the
 * uploader.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.mlflow.upload;

import org.jspecify.annotations.NullMarked;
